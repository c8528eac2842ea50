import { z } from 'zod'

/** Page sizes that a list offers; 25 when none is asked. */
export const TAILLES: readonly number[] = [10, 25, 50, 100]

/** The query of every list: cursor of the last row seen, page size. Lists add their filters to it. */
export const pageQuery = {
  apres: z.string().max(200).optional(),
  taille: z
    .int('Choisissez 10, 25, 50 ou 100 lignes.')
    .refine((taille) => TAILLES.includes(taille), 'Choisissez 10, 25, 50 ou 100 lignes.')
    .optional(),
}

/** The answer of every list: `suivant` is the next `apres`, null at the end; `total` is null where no index counts it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), suivant: z.string().nullable(), total: z.int().nonnegative().nullable() })

/** A day that a list is filtered by: of this century, so that the day after it is one too. */
export const jourFiltre = z.iso
  .date('Indiquez une date. Exemple : 2026-03-10.')
  .refine((jour) => jour >= '2000-01-01' && jour < '2100-01-01', 'Indiquez une date entre 2000 et 2099.')

/** A day, `YYYY-MM-DD`. */
export const day = (message: string) => z.iso.date(message)
/** A positive amount in centimes, bounded to what a convention may hold (10 milliards d’euros). */
export const centimes = (message: string) => z.int(message).min(1, message).max(1_000_000_000_000, message)
/** A required text, trimmed and bounded. */
export const texte = (message: string, max = 200) => z.string(message).trim().min(1, message).max(max, `${max} caractères au plus.`)
/** An optional text; blank is absent. */
export const texteOuVide = (max = 500) =>
  z
    .string()
    .trim()
    .max(max, `${max} caractères au plus.`)
    .nullable()
    .transform((value) => value || null)
/** An amount answered, in centimes. */
export const montant = z.int()
/** An instant answered, ISO 8601 UTC. */
export const instant = z.iso.datetime({ offset: true })
/** A carnet serial as printed, `PN 26-0001234-K`. */
export const serie = z.string()
/** An organisation named in an answer. */
export const Organisme = z.object({ id: z.uuid(), nom: z.string() })
