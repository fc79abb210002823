(function () {
  var box = document.getElementById('filter');
  if (!box || !document.querySelectorAll) { return; }
  var rows = document.querySelectorAll('.filtered tbody tr');
  var tables = document.querySelectorAll('.filtered');
  var settled = document.getElementById('settled');
  var many = settled && settled.getElementsByTagName('tr').length > 20;
  var buttons = box.getElementsByTagName('button');
  var selects = box.getElementsByTagName('select');
  var shown = document.getElementById('shown');
  var wanted = {};

  function fits(row) {
    for (var name in wanted) {
      if (wanted[name] && row.getAttribute('data-' + name) !== wanted[name]) { return false; }
    }
    return true;
  }

  function show() {
    var count = 0, inside = 0, any = false, i, on, name;
    for (i = 0; i < tables.length; i++) { tables[i].style.display = 'none'; }
    for (i = 0; i < rows.length; i++) {
      on = fits(rows[i]);
      rows[i].style.display = on ? '' : 'none';
      if (on) {
        rows[i].parentNode.parentNode.style.display = '';
        count += 1;
        inside += settled && settled.contains(rows[i]) ? 1 : 0;
      }
    }
    for (name in wanted) { any = any || wanted[name] !== ''; }
    if (settled) { settled.open = any ? inside > 0 : !many; }
    for (i = 0; i < buttons.length; i++) {
      on = (wanted[buttons[i].getAttribute('data-filter')] || '') === buttons[i].getAttribute('data-value');
      buttons[i].setAttribute('aria-pressed', on ? 'true' : 'false');
    }
    shown.textContent = '显示' + count + '条，共' + rows.length + '条。';
  }

  function choose() {
    var value = this.getAttribute('data-value');
    wanted[this.getAttribute('data-filter')] = value === null ? this.value : value;
    show();
  }

  function reveal() {
    var row = document.getElementById(location.hash.slice(1));
    if (!row || row.tagName !== 'TR') { return; }
    if (!fits(row)) {
      wanted = {};
      for (var i = 0; i < selects.length; i++) { selects[i].value = ''; }
      show();
    }
    if (settled && settled.contains(row)) { settled.open = true; }
    row.scrollIntoView();
  }

  for (var i = 0; i < buttons.length; i++) { buttons[i].onclick = choose; }
  for (i = 0; i < selects.length; i++) { selects[i].onchange = choose; }
  window.onhashchange = reveal;
  box.removeAttribute('hidden');
  show();
  reveal();
}());
