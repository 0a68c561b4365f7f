// Shows an example's console output on the page.

const target = document.querySelector('pre');

function textOf(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

for (const name of ['log', 'error']) {
  const write = console[name].bind(console);
  console[name] = (...values) => {
    write(...values);
    target.append(`${values.map(textOf).join(' ')}\n`);
  };
}
