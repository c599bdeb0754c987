// Leaving fast, for somebody who is not alone. The link works without this; with it, this page also
// gives up its place in the browser's history, and pressing Shift three times does the same as the link.
(function () {
  var links = document.querySelectorAll("[data-leave]");
  var presses = [];
  var i;

  if (!links.length) return;

  function leave(event) {
    if (event) event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(links[0].href);
  }

  for (i = 0; i < links.length; i += 1) links[i].addEventListener("click", leave);

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = presses.concat(event.timeStamp).slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 1500) leave();
  });
})();
