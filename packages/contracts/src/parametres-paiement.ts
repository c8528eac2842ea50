import { PROPOSITION_STATUTS, SEUILS_MAX } from '@pass/domain/parametres-paiement.ts'
import { z } from 'zod'
import { instant, montant, texte, texteOuVide } from './lists.ts'
import { routes } from './route.ts'

const seuil = z.int('Indiquez un montant.').min(0, 'Indiquez un montant.').max(100_000_000_000, 'Indiquez un montant moins élevé.')

const Valeurs = z.object({
  debiteurNom: z.string(),
  /** Grouped by four. */
  debiteurIban: z.string(),
  seuilsCentimes: z.array(montant),
  plancherHebdoCentimes: montant.nullable(),
})

export const Proposition = Valeurs.extend({
  id: z.uuid(),
  statut: z.enum(PROPOSITION_STATUTS),
  proposePar: z.object({ id: z.uuid(), nom: z.string() }),
  proposeAt: instant,
  decidePar: z.string().nullable(),
  decideAt: instant.nullable(),
})
export type Proposition = z.infer<typeof Proposition>

export const ParametresPaiement = z.object({
  /** Null until two people have agreed on some. */
  actuels: Valeurs.nullable(),
  enAttente: Proposition.nullable(),
  /** The last ones decided. */
  historique: z.array(Proposition),
})
export type ParametresPaiement = z.infer<typeof ParametresPaiement>

/** The answer of an act says the statut and no account: what is stored under a key holds none. */
const Decidee = z.object({ id: z.uuid(), statut: z.enum(PROPOSITION_STATUTS) })

export const parametrePaiementRoutes = routes({
  getParametresPaiement: {
    method: 'GET',
    path: '/parametres-paiement',
    droit: 'parametre:read',
    effect: 'read',
    summary: 'Lire le compte débité, les seuils d’approbation et le plancher hebdomadaire',
    response: ParametresPaiement,
  },
  proposeParametres: {
    method: 'POST',
    path: '/parametres-paiement/propositions',
    droit: 'parametre:set',
    effect: 'write',
    status: 201,
    summary: 'Proposer d’autres paramètres de paiement : une autre personne décide',
    refusals: ['parametre_invalide', 'parametre_statut'],
    body: z.strictObject({
      debiteurNom: texte('Indiquez le titulaire du compte débité.', 70),
      /** Blank: the account debited today. */
      debiteurIban: texteOuVide(42),
      seuilsCentimes: z.array(seuil).min(1, 'Indiquez au moins un seuil.').max(SEUILS_MAX, `${SEUILS_MAX} seuils au plus.`),
      plancherHebdoCentimes: seuil.nullable(),
    }),
    example: {
      debiteurNom: 'Opérateur Modèle',
      debiteurIban: 'FR7630001007941234567890185',
      seuilsCentimes: [0, 1_000_000],
      plancherHebdoCentimes: null,
    },
    response: Decidee,
  },
  decideParametres: {
    method: 'POST',
    path: '/parametres-paiement/propositions/:propositionId/decision',
    droit: 'parametre:set',
    effect: 'write',
    stepUp: true,
    summary: 'Accepter ou refuser les paramètres proposés par une autre personne',
    refusals: ['parametre_statut', 'meme_personne'],
    params: z.object({ propositionId: z.uuid() }),
    body: z.strictObject({ accord: z.boolean('Acceptez ou refusez.') }),
    example: { accord: false },
    response: Decidee,
  },
})
