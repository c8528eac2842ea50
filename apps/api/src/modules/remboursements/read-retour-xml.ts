import {
  centimesIn,
  dayIn,
  MOTIF_ABSENT,
  motifLabel,
  RETOUR_LIGNES_MAX,
  type RetourFormat,
  type RetourLigne,
} from '@pass/domain/retours.ts'
import { all, at, readXml, textAt, UnreadableXml, type XmlNode } from '../../platform/xml/read-xml.ts'

const MAX_REFERENCE = 35

/** Our transfers are in euros: an amount in another currency is somebody else's operation. */
const euroAmount = (node: XmlNode | undefined): number | null => {
  if (!node || (node.attributes['Ccy'] ?? 'EUR') !== 'EUR') return null
  return centimesIn(node.text.replace(/(\.\d{2})0+$/, '$1'))
}

const reasonIn = (node: XmlNode | undefined): string => {
  const code = textAt(node, 'Rsn', 'Cd') ?? textAt(node, 'Rsn', 'Prtry')
  return code ? motifLabel(code.slice(0, 40)) : MOTIF_ABSENT
}

type Draft = Omit<RetourLigne, 'numero'>
type Collect = (draft: Draft) => void

const collector = () => {
  const lignes: RetourLigne[] = []
  const collect: Collect = (draft) => {
    if (lignes.length >= RETOUR_LIGNES_MAX)
      throw new UnreadableXml('Ce fichier compte plus de 100 000 opérations. Demandez à votre banque un fichier par jour.')
    lignes.push({ numero: lignes.length + 1, ...draft })
  }
  return { lignes, collect }
}

/** A reference is 35 characters at most, and `NOTPROVIDED` where the bank was given none. */
const referenceIn = (node: XmlNode | undefined, ...names: string[]): string | null => {
  const text = textAt(node, ...names)
  return text === null || text === 'NOTPROVIDED' ? null : text.slice(0, MAX_REFERENCE)
}

type Entry = { isDebit: boolean; isBooked: boolean; isReturn: boolean; dateBanque: string | null; montantCentimes: number | null }

const entryOf = (ntry: XmlNode): Entry => ({
  isDebit: textAt(ntry, 'CdtDbtInd') === 'DBIT',
  isBooked: (textAt(ntry, 'Sts', 'Cd') ?? textAt(ntry, 'Sts') ?? 'BOOK') === 'BOOK',
  isReturn: textAt(ntry, 'RvslInd') === 'true',
  dateBanque: dayIn(textAt(ntry, 'BookgDt', 'Dt') ?? textAt(ntry, 'BookgDt', 'DtTm') ?? ''),
  montantCentimes: euroAmount(at(ntry, 'Amt')),
})

/** Money out: executed. Money back, with the reason of its return: rejected. Money in is nobody's transfer of ours. */
const resultOf = (entry: Entry, tx: XmlNode | undefined): Draft['resultat'] | null => {
  if (!entry.isBooked) return 'attente'
  const isDebit = tx && at(tx, 'CdtDbtInd') ? textAt(tx, 'CdtDbtInd') === 'DBIT' : entry.isDebit
  if (isDebit) return 'execute'
  return entry.isReturn || at(tx, 'RtrInf') ? 'rejete' : null
}

const ofTransaction = (entry: Entry, tx: XmlNode, isAlone: boolean): Draft => {
  const resultat = resultOf(entry, tx)
  const said = at(tx, 'Amt') ?? at(tx, 'AmtDtls', 'TxAmt', 'Amt') ?? at(tx, 'AmtDtls', 'InstdAmt', 'Amt')
  const montantCentimes = said ? euroAmount(said) : isAlone ? entry.montantCentimes : null
  return {
    // money in without a reason, or in another currency, is another operation of the account
    reference: resultat === null || (said && montantCentimes === null) ? null : referenceIn(tx, 'Refs', 'EndToEndId'),
    resultat: resultat ?? 'attente',
    montantCentimes,
    dateBanque: entry.dateBanque,
    motif: resultat === 'rejete' ? reasonIn(at(tx, 'RtrInf')) : null,
  }
}

/** An entry of the account: one operation, several booked together, or a whole file of ours booked as one. */
const collectEntry = (ntry: XmlNode, collect: Collect) => {
  const entry = entryOf(ntry)
  const details = all(ntry, 'NtryDtls')
  const transactions = details.flatMap((detail) => all(detail, 'TxDtls'))
  for (const tx of transactions) collect(ofTransaction(entry, tx, transactions.length === 1))
  if (transactions.length > 0) return
  const message = details.flatMap((detail) => referenceIn(detail, 'Btch', 'MsgId') ?? [])[0] ?? null
  const resultat = resultOf(entry, undefined)
  collect({
    reference: resultat === null ? null : message,
    ...(message !== null && { remise: true }),
    resultat: resultat ?? 'attente',
    montantCentimes: entry.montantCentimes,
    dateBanque: entry.dateBanque,
    motif: resultat === 'rejete' ? MOTIF_ABSENT : null,
  })
}

/** Paid then sent back within one statement: sent back. Two results of one kind stay two, and refuse the file. */
const withoutReturned = (lignes: readonly RetourLigne[]): RetourLigne[] => {
  const returned = new Set(lignes.flatMap(({ reference, resultat }) => (resultat === 'rejete' && reference !== null ? [reference] : [])))
  return lignes.filter(
    ({ reference, resultat, remise }) => remise || resultat !== 'execute' || reference === null || !returned.has(reference),
  )
}

const readCamt = (octets: Uint8Array): RetourLigne[] => {
  const { lignes, collect } = collector()
  readXml(octets, { records: new Set(['Ntry']), onRecord: (ntry) => collectEntry(ntry, collect) })
  return withoutReturned(lignes)
}

/** Final statuses of ISO 20022; any other says that the transfer is still on its way. */
const STATUSES: Record<string, 'execute' | 'rejete'> = { ACSC: 'execute', ACCC: 'execute', RJCT: 'rejete', CANC: 'rejete' }

type Group = { message: string | null; status: string | null; reason: string | null; day: string | null }

/** What is said of the whole file, kept as its elements pass. */
const onGroupLeaf = (group: Group) => (path: readonly string[], text: string) => {
  const [name, parent] = [path.at(-1), path.at(-2)]
  if (parent === 'GrpHdr' && name === 'CreDtTm') group.day = dayIn(text)
  if (parent === 'OrgnlGrpInfAndSts' && name === 'OrgnlMsgId') group.message = text.slice(0, MAX_REFERENCE)
  // the worse of the two levels: our files hold one payment group
  if ((name === 'GrpSts' || name === 'PmtInfSts') && (group.status === null || text === 'RJCT')) group.status = text
  if (parent === 'Rsn' && (name === 'Cd' || name === 'Prtry')) group.reason ??= text.slice(0, 40)
}

const readPain = (octets: Uint8Array): RetourLigne[] => {
  const { lignes, collect } = collector()
  const group: Group = { message: null, status: null, reason: null, day: null }
  const onRecord = (tx: XmlNode) => {
    const resultat = STATUSES[textAt(tx, 'TxSts') ?? ''] ?? 'attente'
    collect({
      reference: referenceIn(tx, 'OrgnlEndToEndId'),
      resultat,
      montantCentimes: euroAmount(at(tx, 'OrgnlTxRef', 'Amt', 'InstdAmt')),
      dateBanque: dayIn(textAt(tx, 'AccptncDtTm') ?? '') ?? group.day,
      motif: resultat === 'rejete' ? reasonIn(at(tx, 'StsRsnInf')) : null,
    })
  }
  readXml(octets, { records: new Set(['TxInfAndSts']), onRecord, onLeaf: onGroupLeaf(group) })
  const ofAll = STATUSES[group.status ?? '']
  if (ofAll && group.message !== null)
    collect({
      reference: group.message,
      remise: true,
      resultat: ofAll,
      montantCentimes: null,
      dateBanque: group.day,
      motif: ofAll === 'rejete' ? (group.reason ? motifLabel(group.reason) : MOTIF_ABSENT) : null,
    })
  return lignes
}

const kindOf = (octets: Uint8Array): Exclude<RetourFormat, 'csv'> | null => {
  const head = new TextDecoder().decode(octets.subarray(0, 4000))
  if (/<(?:\w+:)?BkToCstmrStmt[\s>]/.test(head)) return 'camt053'
  if (/<(?:\w+:)?BkToCstmrDbtCdtNtfctn[\s>]/.test(head)) return 'camt054'
  return /<(?:\w+:)?CstmrPmtStsRpt[\s>]/.test(head) ? 'pain002' : null
}

/** What a camt.053 statement, a camt.054 notice of entries or a pain.002 report says, operation by operation. @throws UnreadableXml */
export const readRetourXml = (octets: Uint8Array): { format: RetourFormat; lignes: RetourLigne[] } => {
  // a forbidden declaration is said before anything else
  const format = kindOf(octets)
  if (format === 'camt053' || format === 'camt054') return { format, lignes: readCamt(octets) }
  if (format === 'pain002') return { format, lignes: readPain(octets) }
  readXml(octets, { records: new Set(), onRecord: () => {} })
  throw new UnreadableXml(
    'Ce fichier XML n’est ni un relevé camt.053, ni un avis camt.054, ni un compte rendu pain.002. Choisissez-en un autre.',
  )
}
