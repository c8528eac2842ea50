import type { Digest } from './zip.ts'

/** A file of the archive, as the manifest says it. */
export type Listed = Digest & { nom: string; lignes?: number }
export type Manifest = {
  format: string
  collectivite: { id: string; nom: string; siret: string | null }
  at: string
  fichiers: readonly Listed[]
}
export const MANIFEST = 'manifeste.json'
