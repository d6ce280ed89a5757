import '@parley/client/element';

const chat = document.querySelector('parley-chat');
chat.setAttribute('server', import.meta.env.VITE_PARLEY);
chat.addEventListener('parley-unread', ({ detail }) => (document.title = detail.unread ? `(${detail.unread}) Parley` : 'Parley'));
