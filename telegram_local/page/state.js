// What the page knows of the chat, as the server told it last.

export const chat = {
  me: null, // the bot
  user: null,
  commands: [],
  messages: new Map(), // message_id → {message, node}
  reactions: new Map(), // message_id → {bot: emoji, person: emoji}
  now: null, // the bot's clock, which may have been moved; every "today" is by this clock
};

export const isMine = (message) => message.from?.id === chat.user.id;
