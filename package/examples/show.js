// Shows in the page what an example writes to the console.

const place = document.querySelector('pre');

function shown(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

for (const name of ['log', 'error']) {
  const write = console[name].bind(console);
  console[name] = (...values) => {
    write(...values);
    place.append(`${values.map(shown).join(' ')}\n`);
  };
}
