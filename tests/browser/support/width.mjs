// What sticks out of a page, where the page itself is too wide. Boxes that scroll are not meant.

// Runs in the page.
export function tooWide() {
  const { clientWidth: width, scrollWidth } = document.scrollingElement;
  if (scrollWidth <= width) return [];
  // An element that is positioned escapes from boxes that are not.
  const clipped = (element) => {
    let { position } = getComputedStyle(element);
    for (let at = element.parentElement; at && at !== document.body && position !== 'fixed'; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (position === 'absolute' && style.position === 'static') continue;
      if (style.overflowX !== 'visible') return true;
      position = style.position;
    }
    return false;
  };
  const right = (element) => element.getBoundingClientRect().right;
  const out = [...document.body.querySelectorAll('*')].filter((element) => right(element) > width + 0.5 && !clipped(element));
  const told = out.slice(0, 5).map((element) => `  ${element.outerHTML.slice(0, 120)} ends at ${Math.round(right(element))}`);
  return [`the page is ${scrollWidth} px wide`, ...told];
}
