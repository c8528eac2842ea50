/** The catalogue of a structure's own places, which its ateliers follow. */
export { listPrestations, setPrestation } from './prestations.ts'
