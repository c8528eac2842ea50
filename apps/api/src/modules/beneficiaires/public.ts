/** Persons, for the hand-over: whoever was already served here, and who is served today. */
export { findSamePerson, type Personne, registerBeneficiaire } from './register-beneficiaire.ts'
