import { always, card, type Card, open, s } from './card.ts'

const echeances = (aFaire: 'accord' | 'cloture') => open('/echeances', `/echeances?aFaire=${aFaire}`)

/** The end of lots: both sides agree to its steps, the operator writes its statement and closes it. */
export const ECHEANCES_A_ACCORDER: Card = card(
  'echeances_a_accorder',
  'echeance:agree',
  (n) => `${n} échéance${s(n)} à traiter`,
  always('La fin de validité de carnets attend votre accord ou votre signature.'),
  echeances('accord'),
  'Voir l’échéance',
)

export const ECHEANCES_A_CLORE: Card = card(
  'echeances_a_clore',
  'echeance:close',
  (n) => `${n} lot${s(n)} à clore`,
  always('La validité est passée : établissez le relevé commun, ou clôturez le lot signé.'),
  echeances('cloture'),
  'Voir l’échéance',
)

/** What incidents withheld, and that no avoir gives back yet. */
export const RETENUES_A_CREDITER: Card = card(
  'retenues_a_crediter',
  'echeance:close',
  (n) => `${n} convention${s(n)} avec des retenues à rendre`,
  always('Des paiements indus ont été retenus. Établissez l’avoir qui les rend à la collectivité.'),
  open('/conventions', '/conventions?aCrediter=true'),
  'Établir l’avoir',
)
