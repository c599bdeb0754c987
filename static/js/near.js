// "Use where I am now": fills the box with the browser's own position, for somebody who asks for it. It is rounded to
// two decimals of a degree, about 1 km, before it leaves this page, and nothing is sent until the form is.
(function () {
  var template = document.querySelector("template[data-near]");
  var box = template && document.getElementById(template.dataset.near);
  var button, said;

  // Browsers tell a position only to a page that nobody on the way can have changed.
  if (!box || !navigator.geolocation || !window.isSecureContext) return;

  function say(what) {
    said.textContent = said.dataset[what];
    button.disabled = what === "asking";
  }

  function fill(position) {
    box.value = position.coords.latitude.toFixed(2) + "," + position.coords.longitude.toFixed(2);
    say("found");
  }

  function explain(error) {
    say(error.code === error.PERMISSION_DENIED ? "refused" : "failed");
  }

  box.closest(".field").after(template.content.cloneNode(true));
  button = box.form.querySelector(".near-me button");
  said = box.form.querySelector(".near-me [role=status]");

  button.addEventListener("click", function () {
    say("asking");
    navigator.geolocation.getCurrentPosition(fill, explain, { maximumAge: 300000, timeout: 15000 });
  });
})();
