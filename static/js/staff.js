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
