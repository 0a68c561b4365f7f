import { engines, test } from '../fixtures/test.mjs';

const counter = `local count = 0
function _home.next() count = count + 1; return count end
print(_home.next(), _home.next())`;

test('a closure under _home keeps counting after the page is reopened', engines('what stays in a database'), async ({ playground }) => {
  await playground.run(counter);
  await playground.console.expectText('1\t2');

  const later = await playground.reopen();
  await later.run('print(_home.next())');
  await later.console.expectLine('3');
});

test('a coroutine that waits goes on after the page is reopened', async ({ playground }) => {
  await playground.run(`_home.count = coroutine.wrap(function()
  for n = 1, 100 do pcall(coroutine.yield, n) end
end)
print(_home.count(), _home.count())`);
  await playground.console.expectLine('1\t2');

  const later = await playground.reopen();
  await later.run('print(_home.count(), _home.count())');
  await later.console.expectLine('3\t4');
});

test('two closures that shared a local still share it after reopening', async ({ playground }) => {
  await playground.run(`local balance = 10
_home.deposit = function(sum) balance = balance + sum end
_home.show = function() return balance end`);

  const later = await playground.reopen();
  await later.run('_home.deposit(5) print("balance", _home.show())');
  await later.console.expectText('balance\t15');
});

test('shared tables, cycles and metatables survive reopening', async ({ playground }) => {
  await playground.run(`local shared = {}
_home.left, _home.right, _home.self = { shared }, { shared }, _home
setmetatable(_home.left, { __index = function(_, key) return key .. '!' end })
_home[shared] = 'a table as key'`);

  const later = await playground.reopen();
  await later.run(`print(_home.left[1] == _home.right[1], _home.self == _home)
print(_home.left.hello, _home[_home.right[1]])`);
  await later.console.expectText('true\ttrue');
  await later.console.expectText('hello!\ta table as key');
});

test('numbers keep their subtype and strings their bytes', engines('what stays in a database'), async ({ playground }) => {
  await playground.run(`_home.integer, _home.float, _home.bytes = 3, 3.0, '\\0\\255\\r\\n'
_home[1.5], _home[true], _home[math.mininteger] = 'half', 'yes', -0.0`);

  const later = await playground.reopen();
  await later.run(`print(math.type(_home.integer), math.type(_home.float), _home.bytes:byte(1, -1))
print(_home[1.5], _home[true], _home[math.mininteger])`);
  await later.console.expectText('integer\tfloat\t0\t255\t13\t10');
  await later.console.expectText('half\tyes\t-0.0');
});

test('another table assigned to _home is the one that is saved', async ({ playground }) => {
  await playground.run('_home.old = true');
  await playground.run('_home = { new = true }');

  const later = await playground.reopen();
  await later.run('print(_home.old, _home.new)');
  await later.console.expectText('nil\ttrue');
});

test('globals live from run to run until the page is closed', async ({ playground }) => {
  await playground.run('greeting = "hello"');
  await playground.run('print("still", greeting)');
  await playground.console.expectText('still\thello');

  const later = await playground.reopen();
  await later.run('print("now", greeting)');
  await later.console.expectText('now\tnil');
});
