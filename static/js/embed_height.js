// In the frame: tells the page around it how high the list is, and nothing else.
(function () {
  if (window.parent === window || !window.ResizeObserver) return;

  function tell() {
    window.parent.postMessage({ listHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
  }

  new ResizeObserver(tell).observe(document.body);
  window.addEventListener("load", tell);
})();
