// When a page has come to rest: its fonts are there, it was drawn, and what its scripts then do is done.

export function drawn(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    // Scripts hear of a new size with the next frame, and what they change is drawn in the one after that.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await new Promise((done) => setTimeout(done));
  });
}
