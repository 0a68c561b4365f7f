// The tokens of a message: the same as in engine/src/lua/transfer/tokens.rs.

export const NIL = 0;
export const FALSE = 1;
export const TRUE = 2;
export const SMALL_INTEGER = 3;
export const INTEGER = 4;
export const FLOAT = 5;
export const STRING = 6;
export const TEXT = 7;
export const BYTES = 8;
export const ARRAY = 9;
export const OBJECT = 10;
export const MAP = 11;
export const SAME_TABLE = 12;
export const REFUSED = 13;

export const TWO_TO_32 = 2 ** 32;
