// A button that prints the page, in place of the sentence that says how to. Browsers inside other programs may do nothing
// when it is pressed: then the sentence comes back.
(function () {
  var paragraph = document.getElementById("how-to-print");
  var sentence = paragraph.firstElementChild;
  var button = document.createElement("button");
  var isPrinting = false;

  if (!window.print) return;

  button.type = "button";
  button.className = "button";
  button.textContent = "Print this page";
  paragraph.prepend(button);
  sentence.hidden = true;

  window.addEventListener("beforeprint", function () {
    isPrinting = true;
  });
  button.addEventListener("click", function () {
    isPrinting = false;
    window.print();
    setTimeout(function () {
      sentence.hidden = isPrinting;
    }, 1000);
  });
})();
