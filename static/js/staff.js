// The boxes that find as you type (select2) carry no name. Each gets that of its field, for people who listen.

function nameBox(select) {
  const label = select.labels?.[0];
  const box = select.nextElementSibling;
  if (!label || !box?.classList.contains("select2")) return;
  label.id ||= `${select.id}_label`;
  for (const part of box.querySelectorAll("[role=combobox], [role=textbox], input[type=search]")) {
    const chosen = part.getAttribute("role") === "combobox" ? part.querySelector("[id$=-container]")?.id : null;
    part.setAttribute("aria-labelledby", chosen ? `${label.id} ${chosen}` : label.id);
  }
}

function nameBoxes() {
  document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
}

// They are drawn late, and again for each row that is added.
new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
nameBoxes();

// Enter chooses what was typed. Until the answer is there the box still lists what fitted before: nothing of that may
// be chosen. Then the best fit comes first, not what is chosen already.

function chooseWhatWasTyped(box) {
  let term = "";
  let isWaiting = false;
  let isEnterPressed = false;
  const options = () => box.results.$results.find("[aria-selected]");
  box.on("query", (query) => {
    // A key that is let go asks for the same once more.
    if (query.term !== term) isEnterPressed = false;
    term = query.term;
    isWaiting = true;
    options().removeClass("select2-results__option--highlighted");
  });
  box.on("keypress", (event) => {
    if (event.which === 13) isEnterPressed = isWaiting && box.isOpen();
  });
  box.on("results:all", ({ query }) => {
    isWaiting = false;
    if (query?.term) options().first().trigger("mouseenter");
    if (isEnterPressed) box.trigger("results:select", {});
    isEnterPressed = false;
  });
  box.on("close", () => { isWaiting = isEnterPressed = false; });
}

const $ = window.django?.jQuery;
const known = new WeakSet();
$?.(document).on("select2:opening", "select.admin-autocomplete", (event) => {
  const box = $(event.target).data("select2");
  if (!box || known.has(box)) return;
  known.add(box);
  chooseWhatWasTyped(box);
});

// A contact that is added from another form belongs to the organisation that the form says.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("#add_id_contacts");
  const organisation = document.getElementById("id_organisation")?.value;
  if (!link || !organisation) return;
  const address = new URL(link.href);
  address.searchParams.set("organisation", organisation);
  link.href = address;
}, { capture: true });

// On a phone the filters stand below the rows: those that nothing is chosen in are closed.
if (window.matchMedia("(max-width: 48rem)").matches) {
  for (const filter of document.querySelectorAll("#changelist-filter details")) {
    filter.open = !filter.querySelector("li.selected:first-child");
  }
}

// A browser brings only the first line of a large box into sight: the rest of it could lie under the bar of buttons.
document.addEventListener("keyup", ({ key }) => {
  if (key === "Tab") document.activeElement.scrollIntoView({ block: "nearest" });
});

// How far a file is that comes in or goes out: asked again every three seconds. A new stage is announced; the number of
// rows is not, for it changes with each look.

function show(shown, now) {
  for (const part of ["[role=status]", ".progress-rows"]) {
    const [before, after] = [shown, now].map((each) => each.querySelector(part));
    if (before.innerHTML !== after.innerHTML) before.innerHTML = after.innerHTML;
  }
  shown.dataset.run = now.dataset.run;
}

// Until the run with the id `before` is another one, the server knows only of the file before.
async function lookAgain(shown, before = null) {
  const { address } = shown.dataset;
  try {
    const answer = await fetch(address ?? location.href, { headers: { Accept: "text/html" } });
    const now = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(shown.id);
    const isNew = now && now.dataset.run !== before;
    const isOver = !now || (isNew && !now.hasAttribute("data-looks-again"));
    // When an import has ended, its page is another one.
    if (isOver && !address) { location.reload(); return; }
    if (isNew) show(shown, now);
    if (isOver) return;
  } catch { /* The server is busy, or the network is gone: the next look may do. */ }
  setTimeout(lookAgain, 3000, shown, before);
}

for (const shown of document.querySelectorAll("[data-looks-again]")) setTimeout(lookAgain, 3000, shown);

// A file that is sent leaves its page as it is.
document.addEventListener("submit", ({ target }) => {
  const shown = document.getElementById(target.dataset.follows);
  if (!shown) return;
  shown.hidden = false;
  setTimeout(lookAgain, 1000, shown, shown.dataset.run);
});
