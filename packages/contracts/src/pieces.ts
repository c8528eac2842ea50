import { z } from 'zod'
import { instant } from './lists.ts'

/** A file that somebody deposited. */
export const Piece = z.object({
  id: z.uuid(),
  nom: z.string(),
  type: z.string(),
  octets: z.int(),
  sha256: z.string(),
  deposeeAt: instant,
  /** A colleague by name, another organisation by its own. */
  par: z.string(),
})
export type Piece = z.infer<typeof Piece>
