import { ACCOUNT_NATURES } from '@pass/domain/comptes.ts'
import { z } from 'zod'
import { instant, montant, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

export const Compte = z.object({
  nature: z.enum(ACCOUNT_NATURES),
  libelle: z.string(),
  structure: z.string().nullable(),
  soldeCentimes: montant,
})

export const compteRoutes = routes({
  getGrandLivre: {
    method: 'GET',
    path: '/conventions/:conventionId/comptes',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Soldes du grand livre d’une convention ; leur somme est nulle',
    params: z.object({ conventionId: z.uuid() }),
    response: z.object({ comptes: z.array(Compte), sommeCentimes: montant }),
  },
  listTransfers: {
    method: 'GET',
    path: '/conventions/:conventionId/ecritures',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Écritures du grand livre d’une convention',
    params: z.object({ conventionId: z.uuid() }),
    query: z.object({ ...pageQuery, nature: z.enum(ACCOUNT_NATURES).optional() }),
    response: pageOf(
      z.object({
        /** Order number of the line in its list: no internal id leaves. */
        cle: z.string(),
        de: z.string(),
        vers: z.string(),
        motif: z.string(),
        montantCentimes: montant,
        at: instant,
      }),
    ),
  },
})
