import { amount, type ArchiveCheck, check, differences, inEuros, inNumber, natureSums, sums, toInt } from './archive-sums.ts'
import type { ArchiveData, ArchiveRow } from './archives.ts'
import type { TransferMotif } from './comptes.ts'

type Bordereau = ArchiveRow<'bordereaux'>
/** A bordereau is settled once paid, by its own transfer or by the one that carries it after a rejection. */
const settledBy = (bordereaux: readonly Bordereau[]): ((bordereauId: string) => boolean) => {
  const byId = new Map(bordereaux.map((row) => [row.bordereau_id, row]))
  const isSettled = (id: string, seen: readonly string[] = []): boolean => {
    const row = byId.get(id)
    if (!row || seen.includes(id)) return false
    return row.statut === 'paye' || (row.statut === 'rejete' && row.report_id !== '' && isSettled(row.report_id, [...seen, id]))
  }
  return isSettled
}

const RELEASED = ['transmis', 'paye', 'rejete']
/** Which transfers of the ledger a bordereau has: one that was paid, then sent back by the bank, keeps the day of its payment. */
const POSTED: Partial<Record<TransferMotif, (row: Bordereau) => boolean>> = {
  bordereau: ({ statut }) => RELEASED.includes(statut),
  paiement: ({ statut, date_banque }) => statut === 'paye' || (statut === 'rejete' && date_banque !== ''),
  rejet: ({ statut, date_banque }) => statut === 'rejete' && date_banque === '',
  retour: ({ statut, date_banque }) => statut === 'rejete' && date_banque !== '',
}

/** Uses against the accounts, and against the bordereau that pays them. */
export const useChecks = ({ utilisations, ecritures, bordereaux }: ArchiveData): ArchiveCheck[] => {
  const isSettled = settledBy(bordereaux)
  const perAct = (statuts: (statut: string) => boolean) =>
    sums(
      utilisations.filter(({ statut }) => statuts(statut)),
      ({ acte_id, convention }) => `${acte_id}|${convention}`,
      amount,
    )
  const postedFor = (motif: TransferMotif) =>
    sums(
      ecritures.filter((row) => row.motif === motif),
      ({ objet_id, convention }) => `${objet_id}|${convention}`,
      amount,
    )
  const misplaced = utilisations.filter(({ statut, bordereau_id }) => {
    if (statut === 'annulee' || statut === 'a_payer') return bordereau_id !== ''
    return bordereau_id === '' || isSettled(bordereau_id) !== (statut === 'payee')
  })
  return [
    check('Chaque utilisation est dans les comptes', utilisations.length, [
      ...differences(
        postedFor('utilisation'),
        perAct(() => true),
        inEuros('Acte'),
      ),
      ...differences(
        postedFor('annulation'),
        perAct((statut) => statut === 'annulee'),
        inEuros('Annulation de l’acte'),
      ),
    ]),
    check(
      'Une utilisation est payée quand son bordereau l’est',
      utilisations.length,
      misplaced.map(({ utilisation_id, statut }) => `Utilisation ${utilisation_id} : « ${statut} » ne suit pas son bordereau.`),
    ),
  ]
}

/** Bordereaux against their uses, their lines, the accounts and what the financeurs were charged with. */
export const bordereauChecks = ({ bordereaux, lignes, utilisations, ecritures, comptes }: ArchiveData): ArchiveCheck[] => {
  const keyOf = (row: { bordereau_id: string; convention: string }) => `${row.bordereau_id}|${row.convention}`
  const taken = utilisations.filter(({ bordereau_id }) => bordereau_id !== '')
  const net = sums([...taken, ...lignes], keyOf, amount)
  const pass = sums(taken, keyOf, () => 1)
  const posted = Object.entries(POSTED).flatMap(([motif, isPosted]) =>
    differences(
      sums(
        ecritures.filter((row) => row.motif === motif),
        ({ objet_id, convention }) => `${objet_id}|${convention}`,
        amount,
      ),
      sums(bordereaux.filter(isPosted), keyOf, amount),
      inEuros(`Écriture « ${motif} » du bordereau`),
    ),
  )
  const charged = new Set(bordereaux.filter(({ charge }) => charge === 'oui').map(keyOf))
  const toFinance = sums(
    [...taken, ...lignes.filter(({ nature }) => nature === 'incident')].filter((row) => charged.has(keyOf(row))),
    ({ convention }) => convention,
    amount,
  )
  const chargedAccounts = sums(
    comptes.filter(({ nature }) => nature === 'charge'),
    ({ convention }) => convention,
    ({ solde_centimes }) => 0 - toInt(solde_centimes),
  )
  return [
    check('Un bordereau est la somme de ses utilisations et de ses lignes', bordereaux.length, [
      ...differences(sums(bordereaux, keyOf, amount), net, inEuros('Bordereau')),
      ...differences(
        sums(bordereaux, keyOf, (row) => toInt(row.pass)),
        pass,
        inNumber('Pass du bordereau'),
      ),
    ]),
    check('Chaque bordereau transmis, payé ou rejeté est dans les comptes', bordereaux.length, posted),
    check(
      'Les financeurs sont chargés de ce qui a été utilisé',
      toFinance.size,
      differences(chargedAccounts, toFinance, inEuros('Financement de')),
    ),
  ]
}

type Owed = { convention: string; structure_id: string }
const owedKey = ({ convention, structure_id }: Owed) => `${convention}|${structure_id}`

/** What each structure is owed, convention by convention, from its uses, its claims and what is withheld: no account is looked at. */
export const owedFromUses = ({ utilisations, bordereaux, lignes, creances }: ArchiveData): Map<string, number> => {
  const isSettled = settledBy(bordereaux)
  const partOf = new Map(bordereaux.map((row) => [`${row.bordereau_id}|${row.convention}`, row]))
  const withheld = lignes.flatMap((line) => {
    const part = partOf.get(`${line.bordereau_id}|${line.convention}`)
    const isOpen = part && RELEASED.includes(part.statut) && !isSettled(part.bordereau_id)
    return isOpen && line.nature !== 'report' ? [{ ...line, structure_id: part.structure_id }] : []
  })
  const unpaid = utilisations.filter(({ statut }) => statut !== 'annulee' && statut !== 'payee')
  const claimed = creances
    .filter(({ statut }) => statut === 'acceptee')
    .map((claim) => ({ ...claim, montant_centimes: claim.retenu_centimes }))
  return sums([...unpaid, ...withheld, ...claimed], owedKey, amount)
}

/** What each structure is owed: from its uses, from the accounts, and as the list of the archive says. */
export const owedChecks = (data: ArchiveData): ArchiveCheck[] => {
  const computed = owedFromUses(data)
  const accounts = natureSums(data, ['du', 'en_paiement'], owedKey)
  const said = sums(data.dus, owedKey, (row) => toInt(row.du_centimes) + toInt(row.en_paiement_centimes))
  return [
    check(
      'Le dû de chaque structure se recalcule depuis ses utilisations',
      accounts.size,
      differences(accounts, computed, inEuros('Dû de')),
    ),
    check('La liste des dus est celle des comptes', data.dus.length, differences(said, accounts, inEuros('Liste des dus,'))),
  ]
}
