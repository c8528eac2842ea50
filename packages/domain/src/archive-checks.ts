import { owedChecks, bordereauChecks, useChecks } from './archive-payments.ts'
import { amount, type ArchiveCheck, check, differences, inEuros, inNumber, natureSums, sums, toInt } from './archive-sums.ts'
import type { ArchiveData, ArchiveRow } from './archives.ts'
import { type AccountNature, isGuarded, TRANSFER_MOVES, type TransferMotif } from './comptes.ts'
import { euros } from './money.ts'

type Ecriture = ArchiveRow<'ecritures'>
const into = (ecritures: readonly Ecriture[]): Map<string, number> => {
  const totals = sums(ecritures, ({ vers }) => vers, amount)
  for (const row of ecritures) totals.set(row.de, (totals.get(row.de) ?? 0) - amount(row))
  return totals
}

const ledgerChecks = ({ comptes, ecritures }: ArchiveData): ArchiveCheck[] => {
  const byCode = new Map(comptes.map((compte) => [compte.compte, compte]))
  const said = sums(
    comptes,
    ({ compte }) => compte,
    ({ solde_centimes }) => toInt(solde_centimes),
  )
  const wrongMove = (row: Ecriture) => {
    const [de, vers] = [byCode.get(row.de), byCode.get(row.vers)]
    const move = TRANSFER_MOVES[row.motif as TransferMotif]
    const isRight =
      de && vers && move && de.nature === move.de && vers.nature === move.vers && [de, vers].every((c) => c.convention === row.convention)
    return isRight && amount(row) > 0 ? [] : [`Écriture ${row.ecriture} : « ${row.motif} » ne va pas de ${row.de} à ${row.vers}.`]
  }
  const below = comptes.filter(({ nature, solde_centimes }) => isGuarded(nature as AccountNature) && !(toInt(solde_centimes) >= 0))
  const totals = sums(
    comptes,
    ({ convention }) => convention,
    ({ solde_centimes }) => toInt(solde_centimes),
  )
  return [
    check('Chaque solde est la somme de ses écritures', comptes.length, differences(said, into(ecritures), inEuros('Solde de'))),
    check('Chaque écriture suit le chemin de son motif', ecritures.length, ecritures.flatMap(wrongMove)),
    check(
      'Aucun compte gardé n’est sous zéro',
      comptes.length,
      below.map(({ compte, solde_centimes }) => `Compte ${compte} : ${euros(toInt(solde_centimes))}.`),
    ),
    check('Les soldes d’une convention s’annulent', totals.size, differences(totals, new Map(), inEuros('Total de'))),
  ]
}

const COUNTS = ['pass_utilises', 'pass_neufs', 'pass_annules'] as const

const carnetChecks = (data: ArchiveData): ArchiveCheck[] => {
  const { lots, carnets, utilisations, activations, ecritures } = data
  const lotOf = new Map(lots.map((lot) => [lot.lot, lot]))
  const perLot = (column: 'carnets' | 'carnets_actifs' | (typeof COUNTS)[number]) => {
    const counted = sums(
      carnets,
      ({ lot }) => lot,
      (row) => (column === 'carnets' ? 1 : column === 'carnets_actifs' ? Number(row.actif === 'oui') : toInt(row[column])),
    )
    const said = sums(
      lots,
      ({ lot }) => lot,
      (row) => toInt(row[column]),
    )
    return differences(said, counted, inNumber(`Lot (${column})`))
  }
  const alive = carnets.filter(({ actif, statut }) => actif === 'oui' && statut !== 'annule' && statut !== 'expire')
  const worth = sums(
    alive,
    ({ lot }) => lotOf.get(lot)?.convention ?? lot,
    (row) => toInt(row.pass_neufs) * toInt(lotOf.get(row.lot)?.valeur_faciale_centimes ?? ''),
  )
  const used = sums(
    utilisations.filter(({ statut }) => statut !== 'annulee'),
    ({ serie }) => serie,
    () => 1,
  )
  const usedOf = sums(
    carnets,
    ({ serie }) => serie,
    (row) => toInt(row.pass_utilises),
  )
  const activated = sums(activations, ({ convention }) => convention, amount)
  const posted = sums(
    ecritures.filter(({ motif }) => motif === 'activation'),
    ({ convention }) => convention,
    amount,
  )
  return [
    check(
      'L’état d’un lot est celui de ses carnets',
      lots.length,
      ['carnets', 'carnets_actifs', ...COUNTS].flatMap((c) => perLot(c as 'carnets')),
    ),
    check('Les pass utilisés d’un carnet ont chacun leur utilisation', carnets.length, differences(usedOf, used, inNumber('Carnet'))),
    check(
      'La circulation vaut les pass encore utilisables',
      alive.length,
      differences(
        natureSums(data, ['circulation'], ({ convention }) => convention),
        worth,
        inEuros('Circulation de'),
      ),
    ),
    check('Chaque activation est dans les comptes', activations.length, differences(posted, activated, inEuros('Activations de'))),
  ]
}

const financeurKey = ({ convention, cle }: { convention: string; cle: string }) => `${convention}|${cle}`
const ofFinanceur = ({ convention, financeur_cle }: ArchiveRow<'comptes'>) => `${convention}|${financeur_cle}`

const financingChecks = (data: ArchiveData): ArchiveCheck[] => {
  const { partages, appels, avoirs, ecritures } = data
  const shares = sums(partages, financeurKey, amount)
  const called = sums(
    appels.filter(({ statut }) => statut === 'appele' || statut === 'recu'),
    financeurKey,
    ({ part_centimes }) => toInt(part_centimes),
  )
  const credited = sums(avoirs, ({ convention }) => convention, amount)
  const posted = sums(
    ecritures.filter(({ motif }) => motif === 'avoir'),
    ({ convention }) => convention,
    amount,
  )
  return [
    check(
      'La part de chaque financeur est dans ses comptes',
      shares.size,
      differences(natureSums(data, ['a_appeler', 'appele', 'recu'], ofFinanceur), shares, inEuros('Part de')),
    ),
    check(
      'Chaque appel de fonds est dans les comptes',
      appels.length,
      differences(natureSums(data, ['appele', 'recu'], ofFinanceur), called, inEuros('Appels de')),
    ),
    check('Chaque avoir est dans les comptes', avoirs.length, differences(posted, credited, inEuros('Avoirs de'))),
  ]
}

/** Every check of an archive, from its tables alone. */
export const checkArchive = (data: ArchiveData): ArchiveCheck[] => [
  ...ledgerChecks(data),
  ...carnetChecks(data),
  ...useChecks(data),
  ...bordereauChecks(data),
  ...financingChecks(data),
  ...owedChecks(data),
]
