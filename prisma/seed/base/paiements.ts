import type pg from 'pg'
import { CANARI, CLOTURE, ORG, PEOPLE, PROPOSITION } from './ids.ts'
import { insert } from './insert.ts'

const AT = '2026-03-03T10:00:00+01:00'

type Operator = {
  operateur_id: string
  proposition: string
  cloture: string
  nom: string
  iban: string
  preparateur: string
  approbateur: string
  pass: number
}

const OPERATORS: readonly Operator[] = [
  {
    operateur_id: ORG.o1,
    proposition: PROPOSITION.t1,
    cloture: CLOTURE.t1,
    nom: 'Opérateur Pass numérique',
    iban: 'FR7630001007941234567890185',
    preparateur: PEOPLE['operateur.finance_preparateur'].utilisateurId,
    approbateur: PEOPLE['operateur.finance_approbateur'].utilisateurId,
    pass: 2,
  },
  {
    operateur_id: ORG.o2,
    proposition: PROPOSITION.t2,
    cloture: CLOTURE.t2,
    nom: CANARI,
    iban: 'FR1420041010050500013M02606',
    preparateur: PEOPLE['autre:operateur.finance_preparateur'].utilisateurId,
    approbateur: PEOPLE['autre:operateur.finance_approbateur'].utilisateurId,
    pass: 1,
  },
]

/** What each operator debits, a change that its second person refused, and its closing of February. */
export const seedPaiements = async (client: pg.ClientBase) => {
  const settings = ({ operateur_id, nom, iban }: Operator) => ({
    operateur_id,
    debiteur_nom: nom,
    debiteur_iban: iban,
    seuils_centimes: '{0}',
  })
  await insert(client, 'parametre_paiement', OPERATORS.map(settings))
  await insert(
    client,
    'parametre_proposition',
    OPERATORS.map((one) => ({
      ...settings(one),
      id: one.proposition,
      seuils_centimes: '{0,1000000}',
      statut: 'refusee',
      propose_par: one.preparateur,
      propose_at: AT,
      decide_par: one.approbateur,
      decide_at: AT,
    })),
  )
  await insert(
    client,
    'cloture',
    OPERATORS.map(({ operateur_id, cloture, preparateur, pass }) => ({
      operateur_id,
      id: cloture,
      mois: '2026-02',
      avant: '2026-03-01',
      statut: 'terminee',
      structures: 1,
      faites: 1,
      pass,
      montant_centimes: pass * 1000,
      par: preparateur,
      at: AT,
      fini_at: AT,
    })),
  )
}
