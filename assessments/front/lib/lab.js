// What only JupyterLab can do (run a cell, save the notebook), asked of the kit's extension; elsewhere nothing happens.

function pageDoes(what, details = {}) {
  return new Promise((resolve) => {
    const request = new CustomEvent(`talentpool:${what}`, { detail: { ...details, done: resolve }, cancelable: true });
    // the extension takes a request by cancelling it
    if (document.dispatchEvent(request)) resolve();
  });
}
