import type { AccountNature } from '@pass/domain/comptes.ts'
import type { EtapeCode } from '@pass/web/modules/pilotage/etapes.ts'
import { paths } from '../paths.ts'

/**
 * The list behind a figure. Used and paid pass have no list of their own here: the lines of the ledger that add up to the amount
 * when the convention is known, else the carnets they come from.
 */
export const etapeLink =
  (conventionId: string | undefined) =>
  (etape: EtapeCode): string => {
    if (etape === 'commandes') return paths.commandes({ conventionId })
    if (etape === 'utilises' || etape === 'rembourses')
      return conventionId
        ? paths.grandLivre({ conventionId, nature: etape === 'utilises' ? 'du' : 'paye' })
        : paths.carnets({ etape: 'entames' })
    return paths.carnets({ etape, conventionId })
  }

/** The lines of the ledger behind an amount; the page chooses the convention when none is asked for. */
export const compteLink =
  (conventionId: string | undefined) =>
  (nature: AccountNature): string =>
    paths.grandLivre({ conventionId, nature })
