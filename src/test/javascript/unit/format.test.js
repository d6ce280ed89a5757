/** Formatting as data, in Node: what a text becomes, what it never becomes, and that hostile texts end. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { address, autolink, target } from '../../../main/webapp/chat/format/links.js';
import { DEEPEST, LONGEST, mentionsIn, parse, textOf } from '../../../main/webapp/chat/format/parse.js';
import { exhausting, vectors } from '../markdown-vectors.js';

const people = [{ id: 'bob', name: 'Bob Miller' }, { id: 'urn:user:7', name: 'Guest' }, { id: 'a/b' }, { id: '__proto__', name: '_x_' }, { id: '🦊', name: 'Fox' }];
const TAGS = ['p', 'h3', 'h4', 'h5', 'h6', 'hr', 'blockquote', 'pre', 'ol', 'ul', 'li', 'task', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'strong', 'em', 'del', 'code', 'mention', 'room', 'emoji'];
const FIELDS = ['tag', 'children', 'text', 'href', 'id', 'language', 'start', 'done', 'align'];

/** A tree in short: `p(a strong(b))`. */
function short(part) {
  if (typeof part === 'string') return part;
  const about = part.href ?? part.language ?? part.id ?? part.align ?? (part.done === undefined ? (part.start ?? '') : part.done ? 'x' : '-');
  const inner = part.text ?? (part.children ?? []).map(short).join(' ');
  return `${part.tag}${about === '' || about === null ? '' : `<${about}>`}(${inner})`;
}

function tree(text, mentioned) {
  return parse(text, mentioned).parts.map(short).join(' ');
}

function every(parts) {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part, ...every(part.children ?? [])]));
}

test('formats CommonMark and what GitHub adds', () => {
  assert.equal(tree('plain'), 'p(plain)');
  assert.equal(tree('**b** *i* ~~s~~ `c*d*`'), 'p(strong(b)   em(i)   del(s)   code(c*d*))');
  assert.equal(tree('one\ntwo\n\nthree'), 'p(one\ntwo) p(three)');
  assert.equal(tree('# a\n###### b'), 'h3(a) h6(b)');
  assert.equal(tree('> a\n> b'), 'blockquote(p(a\nb))');
  assert.equal(tree('- a\n- b\n  - c'), 'ul(li(a) li(b ul(li(c))))');
  assert.equal(tree('3. a\n4. b'), 'ol<3>(li(a) li(b))');
  assert.equal(tree('- [ ] a\n- [x] b'), 'ul(li(task<->() a) li(task<x>() b))');
  assert.equal(tree('|a|b|\n|:-|-:|\n|1|**2**|'), 'table(thead(tr(th<left>(a) th<right>(b))) tbody(tr(td<left>(1) td<right>(strong(2)))))');
  assert.equal(tree('a\n\n---\n\nb'), 'p(a) hr() p(b)');
  assert.equal(tree('[a][b]\n\n[b]: https://b.example'), 'p(a<https://b.example/>(a))');
});

test('keeps code as it was typed', () => {
  const code = 'if (a) {\n\treturn  b;\n    }\n\n  *x* <b> &amp; [l](https://a.example) @bob';
  const [block] = parse(`\`\`\`Java\n${code}\n\`\`\``, { people }).parts;
  assert.deepEqual(block, { tag: 'pre', text: code, language: 'java' });
  assert.deepEqual(parse('```\n  a\n').parts[0].text, '  a');
});

test('makes links of http, https and mail addresses only', () => {
  assert.equal(tree('see HTTPS://B.example/x?y=1#z.'), 'p(see  a<https://b.example/x?y=1#z>(HTTPS://B.example/x?y=1#z) .)');
  assert.equal(tree('(https://a.example/b_(c)), "https://a.example/q"'), 'p(( a<https://a.example/b_(c)>(https://a.example/b_(c)) ), " a<https://a.example/q>(https://a.example/q) ")');
  assert.equal(tree('www.a.example, bob@a.example.'), 'p(a<http://www.a.example/>(www.a.example) ,  a<mailto:bob@a.example>(bob@a.example) .)');
  assert.equal(tree('<https://a.example>'), 'p(a<https://a.example/>(https://a.example))');
  const others = ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', '//a.example', 'https://', 'https://name:word@a.example', 'https://name@a.example', 'mailto:', 'mailto:x', 'tel:1', '/x', '#x', ''];
  for (const other of others) assert.deepEqual([other, address(other), every(parse(`${other} .`).parts).filter(({ tag }) => tag === 'a')], [other, null, []]);
  for (const text of [`https://${')'.repeat(3_900)}`, 'a https://a.example, b']) assert.equal(parse(text).parts.map(textOf).join(''), text);
  assert.equal(autolink('https://a.example/\u202egnp.exe').text, 'https://a.example/');
  assert.deepEqual(autolink('https://name:word@a.example b'), { text: 'https://name:word@a.example', href: null });
});

test('names the host of a link whose text is another', () => {
  const cases = [
    ['https://a.example/x', 'https://a.example/x', null],
    ['a.example', 'https://a.example/x', null],
    ['our page', 'https://a.example/x', 'a.example'],
    ['https://bank.example', 'https://evil.example/', 'evil.example'],
    ['www.bank.example', 'https://evil.example/', 'evil.example'],
    ['https://bank.example https://evil.example', 'https://evil.example/', 'evil.example'],
    ['https://b\u0430nk.example', 'https://xn--bnk-7cd.example/', 'xn--bnk-7cd.example'],
    ['https://a.example:8443/', 'https://a.example/', 'a.example'],
    ['bob@a.example', 'mailto:bob@a.example', null],
    ['bob@a.example', 'mailto:carol@evil.example', 'carol@evil.example'],
  ];
  for (const [text, href, shown] of cases) assert.deepEqual([text, target(text, href)], [text, shown]);
});

test('shows HTML as text, pictures as links, and an address that must not be a link as it was written', () => {
  assert.equal(tree('a <b onclick="x">c</b> &amp;'), 'p(a <b onclick="x">c</b> &amp;)');
  assert.equal(tree('<div>\n*a*\n</div>').replaceAll(/\s+/g, ' '), 'p(<div> em(a) </div>)');
  assert.equal(tree('![a](https://a.example/p.png)'), 'p(a<https://a.example/p.png>(a))');
  assert.equal(tree('[a](javascript:b)'), 'p([a](javascript:b))');
});

test('never makes anything but the listed nodes of a hostile text', () => {
  assert.ok(vectors.length >= 60);
  for (const text of vectors) {
    for (const node of every(parse(text, { people, everyone: true }).parts)) {
      assert.ok(TAGS.includes(node.tag), `${text} became ${node.tag}`);
      assert.deepEqual(Object.keys(node).filter((field) => !FIELDS.includes(field)), [], text);
      assert.equal(node.tag === 'a', node.href !== undefined, text);
      if (node.tag === 'a') assert.match(node.href, /^(https?:\/\/[^@\s"<>]*$|mailto:[\w.]+@)/, text);
      if (node.language) assert.match(node.language, /^[\w+#.-]{1,24}$/, text);
      if (node.start !== undefined) assert.ok(Number.isSafeInteger(node.start), text);
    }
  }
});

test('loses no visible word of a hostile text', () => {
  const words = (text) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  for (const text of vectors.filter((one) => !/\]\(|\]:|\]\[|```|~~~|\d\.|\[[ x]\]/.test(one))) {
    assert.equal(words(parse(text).parts.map(textOf).join('')), words(text));
  }
});

test('ends with every exhausting text, and shows a too deep one as text', () => {
  const labels = Array.from({ length: 50 }, (_, n) => ({ id: `${'_'.repeat(n)}a`, name: `${'@'.repeat(n)}b` }));
  for (const [name, text] of Object.entries(exhausting)) {
    const { parts } = parse(text, { people: labels, everyone: true });
    assert.ok(depth(parts) <= 2 * DEEPEST + 4, name);
  }
  for (const text of ['>'.repeat(3_000), '- '.repeat(1_500)]) assert.deepEqual(parse(text).parts, [{ tag: 'p', children: [text] }]);
  const nested = `${'> '.repeat(DEEPEST - 3)}a`;
  assert.match(tree(nested), /^blockquote/);
  assert.equal(tree(`${'> '.repeat(DEEPEST)}a`), `p(${'> '.repeat(DEEPEST)}a)`);
  assert.deepEqual([tree(`*${'a'.repeat(LONGEST)}*`)[2], parse(`*${'a'.repeat(LONGEST - 2)}*`).parts[0].children[0].tag], ['*', 'em']);
});

function depth(parts) {
  let deepest = 0;
  for (const part of parts) if (typeof part !== 'string') deepest = Math.max(deepest, 1 + depth(part.children ?? []));
  return deepest;
}

test('shows what would be invisible as text', () => {
  for (const text of ['-', '*', '#', '>', '***', '---', '1.', '|', '[a]: https://a.example', '']) assert.equal(tree(text), `p(${text})`);
});

test('finds the mentioned people by id or name, and nobody else', () => {
  const mentioned = { people, everyone: false };
  assert.equal(tree('hi @bob!', mentioned), 'p(hi  mention<bob>(@bob) !)');
  assert.equal(tree('@Bob Miller, @bob miller', mentioned), 'p(mention<bob>(@Bob Miller) ,  mention<bob>(@bob miller))');
  assert.equal(tree('@urn:user:7 @a/b @🦊', mentioned), 'p(mention<urn:user:7>(@urn:user:7)   mention<a/b>(@a/b)   mention<🦊>(@🦊))');
  assert.equal(tree('@__proto__ and @_x_', mentioned), 'p(mention<__proto__>(@__proto__)  and  mention<__proto__>(@_x_))');
  assert.equal(tree('**@bob** - @bob', mentioned), 'p(strong(mention<bob>(@bob))  -  mention<bob>(@bob))');
  for (const text of ['@bobby', 'x@bob', '@bo', '@ bob', '@everyone', '@constructor', 'b@bob.example']) assert.equal(every(parse(text, mentioned).parts).filter(({ tag }) => tag === 'mention').length, 0, text);
  assert.equal(tree('@all @everyone', { everyone: true }), 'p(mention(@all)   mention(@everyone))');
  assert.equal(tree('a bob@a.example @bob', mentioned), 'p(a  a<mailto:bob@a.example>(bob@a.example)   mention<bob>(@bob))');
});

test('tells whom a text mentions, code excepted', () => {
  assert.deepEqual(mentionsIn('@bob `@Guest` @bob @Fox', people), { mentions: ['bob', '🦊'], everyone: false });
  assert.deepEqual(mentionsIn('```\n@bob @all\n```', people), { mentions: [], everyone: false });
  assert.deepEqual(mentionsIn('> @all: @Fox', people), { mentions: ['🦊'], everyone: true });
});

test('enlarges a few emoji without other text, and folds long messages', () => {
  const large = (text) => parse(text).large;
  assert.deepEqual(['👍', '👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽', '❤️\n🎉'].map(large), [true, true, true]);
  assert.deepEqual(['a 👍', '1', '#', '', '👍'.repeat(13), ' '].map(large), [false, false, false, false, false, false]);
  const long = (text) => parse(text).long;
  assert.deepEqual([long('a\n'.repeat(24)), long('a\n'.repeat(26)), long('a'.repeat(3_000)), long('a')], [false, true, true, false]);
  assert.deepEqual([long('- a\n'.repeat(24)), long('- a\n'.repeat(26)), long(`|a|\n|-|\n${'|b|\n'.repeat(30)}`), long('> a\n'.repeat(30))], [false, true, true, true]);
});

test('leaves character references as they were typed', () => {
  for (const text of ['&#60;b&#62;', 'a &lt; b &amp; c', '&#x41; &copy;', '&#35;x']) assert.equal(tree(text), `p(${text})`);
});

test('finds names that may be custom emoji, but none in times, addresses, links and code', () => {
  assert.equal(tree('a :party_parrot: *b :+2:* :c-d:.'), 'p(a  emoji(:party_parrot:)   em(b  emoji(:+2:))   emoji(:c-d:) .)');
  assert.equal(tree(':aa::bb:'), 'p(emoji(:aa:) emoji(:bb:))');
  for (const none of ['12:30:45', 'a:bb:c', ':x:', ':Up:', `:${'n'.repeat(33)}:`, ': a :', 'urn:isbn:1']) assert.equal(tree(none), `p(${none})`, none);
  assert.equal(tree('`:code:`'), 'p(code(:code:))');
  assert.equal(tree('https://a.example/:bb:/c'), 'p(a<https://a.example/:bb:/c>(https://a.example/:bb:/c))');
});

test('refers to rooms by id', () => {
  assert.equal(tree('see #general, C# and a#b https://a.example/#x'), 'p(see  room<general>(#general) , C# and a#b  a<https://a.example/#x>(https://a.example/#x))');
});
