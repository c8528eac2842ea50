/** Pieces deposited by people (scans, photos, tables): kept outside the database, listed and read back by whoever may. */
export { listPieces, readPiece, storePiece } from './pieces.ts'
