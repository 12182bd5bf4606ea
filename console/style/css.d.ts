/** The bundler puts imported styles into one file beside the code. */
declare module '*.css';
