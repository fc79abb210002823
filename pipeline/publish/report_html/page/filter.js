(function () {
  var box = document.getElementById('filter');
  if (!box || !document.querySelectorAll) { return; }
  var rows = document.querySelectorAll('#all-findings tbody tr');
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
    var count = 0, i, on;
    for (i = 0; i < rows.length; i++) {
      on = fits(rows[i]);
      rows[i].style.display = on ? '' : 'none';
      count += on ? 1 : 0;
    }
    for (i = 0; i < buttons.length; i++) {
      on = (wanted[buttons[i].getAttribute('data-filter')] || '') === buttons[i].getAttribute('data-value');
      buttons[i].setAttribute('aria-pressed', on ? 'true' : 'false');
    }
    shown.textContent = '显示 ' + count + ' 条，共 ' + rows.length + ' 条。';
  }

  function choose() {
    var value = this.getAttribute('data-value');
    wanted[this.getAttribute('data-filter')] = value === null ? this.value : value;
    show();
  }

  function reveal() {
    var row = document.getElementById(location.hash.slice(1));
    if (!row || row.tagName !== 'TR' || fits(row)) { return; }
    wanted = {};
    for (var i = 0; i < selects.length; i++) { selects[i].value = ''; }
    show();
    row.scrollIntoView();
  }

  for (var i = 0; i < buttons.length; i++) { buttons[i].onclick = choose; }
  for (i = 0; i < selects.length; i++) { selects[i].onchange = choose; }
  window.onhashchange = reveal;
  box.removeAttribute('hidden');
  show();
}());
