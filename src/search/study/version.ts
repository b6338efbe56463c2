/** The version of this library, for what is written to files; a test holds it against the package. */

export const VERSION = '0.1.0'
