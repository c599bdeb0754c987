// "Use where I am now": fills the box with the browser's own position, for somebody who asks for it. It is rounded to
// two decimals of a degree, about 1 km, before it leaves this page, and nothing is sent until the form is.
// The button and its words are here, not in the page: nobody pays for them who has no use of them.
(function () {
  var WORDS = {
    ask: "Use where I am now",
    asking: "Finding where you are…",
    found: "Done. The box now says where you are, to about half a mile. Press “Find groups” to look there.",
    refused: "Your browser did not tell us where you are. That is fine. Type your town or postcode instead.",
    failed: "We could not find out where you are. Type your town or postcode instead.",
  };
  var box = document.getElementById(document.currentScript.dataset.near);
  var near, button, said;

  // Browsers tell a position only to a page that nobody on the way can have changed.
  if (!box || !navigator.geolocation || !window.isSecureContext) return;

  function add(parent, tag, attributes) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) {
      element.setAttribute(name, attributes[name]);
    });
    parent.append(element);
    return element;
  }

  function say(what) {
    said.textContent = WORDS[what];
    button.disabled = what === "asking";
  }

  function fill(position) {
    box.value = position.coords.latitude.toFixed(2) + "," + position.coords.longitude.toFixed(2);
    say("found");
  }

  function explain(error) {
    say(error.code === error.PERMISSION_DENIED ? "refused" : "failed");
  }

  near = document.createElement("div");
  near.className = "near-me";
  button = add(near, "button", { class: "button button--plain", type: "button" });
  button.textContent = WORDS.ask;
  said = add(near, "p", { role: "status" });
  box.closest(".field").after(near);

  button.addEventListener("click", function () {
    say("asking");
    navigator.geolocation.getCurrentPosition(fill, explain, { maximumAge: 300000, timeout: 15000 });
  });
})();
