/** The lexer alone: the client makes no HTML. */
export { Lexer, Tokenizer } from 'marked';
