// All that most parts send: they wait for the front end, which comes once, with the header. PART is the part's name.

function frontEnd() {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  return { arrive, arrived };
}

globalThis.talentpool ??= frontEnd();

export default {
  async render(context) {
    const { draw, parts } = await globalThis.talentpool.arrived;
    return draw(parts[PART], context);
  },
};
