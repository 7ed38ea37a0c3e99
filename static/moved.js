// Leads from an old address to the page's new one, with the place on the page and the question that it was asked for with.
(() => {
  'use strict';
  const to = new URL(document.currentScript.dataset.to, location.href);
  to.hash ||= location.hash;
  to.search = location.search;
  location.replace(to);
})();
