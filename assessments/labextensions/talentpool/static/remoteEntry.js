// JupyterLab extension, written by hand as a federated container: opens an issued notebook as a form.
// It touches only notebooks whose metadata say that the kit issued them.
(() => {
  let scope;

  const load = async (name) => {
    const versions = Object.values(scope[name] || {});
    if (!versions.length) throw new Error(`${name} is not shared by this JupyterLab`);
    return (await versions[0].get())();
  };

  const isOurs = (panel) => Boolean(panel.model?.getMetadata("talentpool"));

  // The form's own cells; an applicant's code runs when the applicant says so.
  const runForm = async (panel, actions) => {
    await panel.sessionContext.ready;
    const cells = panel.content.widgets.filter(
      (cell) => cell.model.type === "code" && cell.model.getMetadata("jupyter")?.source_hidden);
    await actions.runCells(panel.content, cells, panel.sessionContext);
    panel.content.activeCellIndex = 0;
    panel.content.node.scrollTop = 0;
  };

  // Leaves the form and nothing beside it: hidden through the layout, so that what stays fills the window.
  const SURROUNDINGS = new Set(["jp-top-panel", "jp-menu-panel", "jp-bottom-panel", "jp-title-panel-title"]);
  const clear = (app, panel) => {
    document.body.classList.add("tp-applicant");
    app.shell.mode = "single-document";
    app.shell.collapseLeft?.();
    app.shell.collapseRight?.();
    const hide = (widget) => {
      if (SURROUNDINGS.has(widget.id) || widget.hasClass("jp-SideBar")) widget.hide();
      else for (const child of widget.layout || []) hide(child);
    };
    hide(app.shell);
    panel.toolbar.hide();
  };

  // JupyterLab saves by itself too, and takes what a save that is still on its way has written for somebody else's change.
  const saveOneAtATime = (context) => {
    const save = context.save.bind(context);
    let last = Promise.resolve();
    context.save = () => {
      last = last.catch(() => {}).then(save);
      return last;
    };
  };

  const open = async (panel, app, actions) => {
    await panel.context.ready;
    if (!isOurs(panel)) return;
    saveOneAtATime(panel.context);
    clear(app, panel);
    await runForm(panel, actions);
    let restarting = false;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") restarting = true;
      else if (restarting && status === "idle") {
        restarting = false;
        void runForm(panel, actions);
      }
    });
  };

  // What the form asks of the page: `talentpool:save` and `talentpool:run`; cancelling says that it is being done.
  const serve = (tracker, actions) => {
    const wishes = {
      save: (panel) => panel.context.save(),
      run: (panel, { cell: id }) => {
        const cell = panel.content.widgets.find((widget) => widget.model.id === id);
        return cell && actions.runCells(panel.content, [cell], panel.sessionContext);
      },
    };
    for (const [name, grant] of Object.entries(wishes)) {
      document.addEventListener(`talentpool:${name}`, (event) => {
        const panel = tracker.currentWidget;
        if (!panel || !isOurs(panel)) return;
        event.preventDefault();
        Promise.resolve(grant(panel, event.detail)).finally(event.detail.done);
      });
    }
  };

  const extension = async () => {
    const { INotebookTracker, NotebookActions } = await load("@jupyterlab/notebook");
    return {
      id: "talentpool:form",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        tracker.widgetAdded.connect((_, panel) => void open(panel, app, NotebookActions));
        tracker.forEach((panel) => void open(panel, app, NotebookActions));
        serve(tracker, NotebookActions);
        // code that was run is on record; the notebook on the disk says the same at once
        NotebookActions.executed.connect((_, { notebook, cell }) => {
          const panel = tracker.find((candidate) => candidate.content === notebook);
          if (panel && isOurs(panel) && cell.model.id.startsWith("answer-")) void panel.context.save();
        });
      },
    };
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.talentpool = {
    init: async (shared) => { scope = shared; },
    get: async () => {
      const plugin = await extension();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
