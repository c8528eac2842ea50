import { always, card, type Card, open, s } from './card.ts'

const queue = open('/comptes-bancaires', '/comptes-bancaires?statut=propose')

/** The bank accounts that structures propose: one person checks, another accepts. */
export const COMPTES_BANCAIRES: readonly Card[] = [
  card(
    'comptes_a_verifier',
    'compte_bancaire:check',
    (n) => `${n} compte${s(n)} bancaire${s(n)} à vérifier`,
    always('Demandez à la banque si le titulaire est le bon.'),
    queue,
    'Vérifier',
  ),
  card(
    'comptes_a_accepter',
    'compte_bancaire:accept',
    (n) => `${n} compte${s(n)} bancaire${s(n)} à accepter`,
    always('Une autre personne les a vérifiés.'),
    queue,
    'Accepter',
  ),
]
