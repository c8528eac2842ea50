export { creditHeld, holdRetenues } from './retenues.ts'
