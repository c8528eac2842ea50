import { expect, test } from 'vitest'
import { Refused } from '../../platform/errors.ts'
import { readRetour } from './read-retour.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
const bytes = (text: string) => Buffer.from(text)
const xml = (text: string) => readRetour({ type: 'application/xml', octets: bytes(HEAD + text) })
const csv = (text: string) => readRetour({ type: 'text/csv', octets: bytes(text) })
const faultOf = (read: () => unknown) => {
  try {
    read()
  } catch (error) {
    if (error instanceof Refused) return [error.status, error.refusal.code, error.refusal.message.replaceAll('\u00a0', ' ')]
    throw error
  }
  return ['lu']
}

const camt = (entries: string) =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>X</MsgId><CreDtTm>2026-03-11T06:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>${entries}</Stmt></BkToCstmrStmt></Document>`
const tx = (reference: string, amount = '', more = '') =>
  `<TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>${amount && `<Amt Ccy="EUR">${amount}</Amt>`}${more}</TxDtls>`
const entry = (amount: string, side: 'DBIT' | 'CRDT', details: string, { status = '<Sts><Cd>BOOK</Cd></Sts>', more = '' } = {}) =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>${more}${status}<BookgDt><Dt>2026-03-10</Dt></BookgDt><NtryDtls>${details}</NtryDtls></Ntry>`
const RETURN = '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>'

test('camt.053: money out is executed, money back with its reason is rejected, another operation has no reference', () => {
  const { format, lignes } = xml(
    camt(
      entry('20.00', 'DBIT', tx('B26-0001')) +
        entry('30.50', 'CRDT', tx('B26-0002', '30.50', RETURN)) +
        entry('1200.00', 'DBIT', tx('NOTPROVIDED')) +
        entry('99.00', 'CRDT', tx('B26-0009', '99.00')),
    ),
  )
  expect(format).toBe('camt053')
  expect(lignes).toEqual([
    { numero: 1, reference: 'B26-0001', resultat: 'execute', montantCentimes: 2000, dateBanque: '2026-03-10', motif: null },
    { numero: 2, reference: 'B26-0002', resultat: 'rejete', montantCentimes: 3050, dateBanque: '2026-03-10', motif: 'Compte clos (AC04)' },
    { numero: 3, reference: null, resultat: 'execute', montantCentimes: 120_000, dateBanque: '2026-03-10', motif: null },
    // money in without a reason is nobody's return
    { numero: 4, reference: null, resultat: 'attente', montantCentimes: 9900, dateBanque: '2026-03-10', motif: null },
  ])
})

test('camt.053: a batch is read transfer by transfer, an entry not booked waits, an older status is text', () => {
  const { lignes } = xml(
    camt(
      entry('50.00', 'DBIT', tx('B26-0001', '20.00') + tx('B26-0002', '30.00')) +
        entry('10.00', 'DBIT', tx('B26-0003'), { status: '<Sts>PDNG</Sts>' }) +
        entry('10.00', 'DBIT', tx('B26-0004'), { status: '<Sts>BOOK</Sts>' }),
    ),
  )
  expect(lignes.map(({ reference, resultat, montantCentimes }) => [reference, resultat, montantCentimes])).toEqual([
    ['B26-0001', 'execute', 2000],
    ['B26-0002', 'execute', 3000],
    ['B26-0003', 'attente', 1000],
    ['B26-0004', 'execute', 1000],
  ])
})

test('camt.054: a notice of entries is read as a statement is; a return alone, days later, is one', () => {
  const notice = (entries: string) =>
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>X</MsgId></GrpHdr><Ntfctn><Id>1</Id>${entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>`
  const { format, lignes } = xml(notice(entry('20.00', 'DBIT', tx('B26-0001')) + entry('30.50', 'CRDT', tx('B26-0002', '', RETURN))))
  expect(format).toBe('camt054')
  expect(lignes).toEqual([
    { numero: 1, reference: 'B26-0001', resultat: 'execute', montantCentimes: 2000, dateBanque: '2026-03-10', motif: null },
    { numero: 2, reference: 'B26-0002', resultat: 'rejete', montantCentimes: 3050, dateBanque: '2026-03-10', motif: 'Compte clos (AC04)' },
  ])
})

test('camt.053: paid then sent back in one statement is sent back; a reversal too', () => {
  const { lignes } = xml(
    camt(
      entry('20.00', 'DBIT', tx('B26-0001')) +
        entry('20.00', 'CRDT', tx('B26-0001'), { more: '<RvslInd>true</RvslInd>' }) +
        entry('30.00', 'DBIT', tx('B26-0002')),
    ),
  )
  expect(lignes.map(({ reference, resultat, motif }) => [reference, resultat, motif])).toEqual([
    ['B26-0001', 'rejete', 'Motif non précisé par la banque'],
    ['B26-0002', 'execute', null],
  ])
})

test('camt.053: a whole file booked at once is named by its message; another currency is nobody’s', () => {
  const { lignes } = xml(
    camt(
      entry('50.00', 'DBIT', '<Btch><MsgId>R26-0001</MsgId></Btch>') +
        entry('20.00', 'DBIT', tx('B26-0001').replace('</TxDtls>', '<Amt Ccy="USD">20.00</Amt></TxDtls>')),
    ),
  )
  expect(lignes).toMatchObject([
    { reference: 'R26-0001', remise: true, resultat: 'execute', montantCentimes: 5000 },
    { reference: null, montantCentimes: null },
  ])
})

const pain = (group: string, payment: string) =>
  `<p:Document xmlns:p="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><p:CstmrPmtStsRpt><p:GrpHdr><p:MsgId>X</p:MsgId><p:CreDtTm>2026-03-10T14:00:00</p:CreDtTm></p:GrpHdr><p:OrgnlGrpInfAndSts><p:OrgnlMsgId>R26-0001</p:OrgnlMsgId>${group}</p:OrgnlGrpInfAndSts>${payment}</p:CstmrPmtStsRpt></p:Document>`
const status = (reference: string, sts: string, more = '') =>
  `<p:TxInfAndSts><p:OrgnlEndToEndId>${reference}</p:OrgnlEndToEndId><p:TxSts>${sts}</p:TxSts>${more}</p:TxInfAndSts>`
const payment = (inside: string) => `<p:OrgnlPmtInfAndSts><p:OrgnlPmtInfId>P1</p:OrgnlPmtInfId>${inside}</p:OrgnlPmtInfAndSts>`

test('pain.002: each transfer has its status, its reason, the amount when it is repeated', () => {
  const reason = '<p:StsRsnInf><p:Rsn><p:Cd>AC01</p:Cd></p:Rsn></p:StsRsnInf>'
  const amount = '<p:OrgnlTxRef><p:Amt><p:InstdAmt Ccy="EUR">20.00</p:InstdAmt></p:Amt></p:OrgnlTxRef>'
  const { format, lignes } = xml(
    pain(
      '<p:GrpSts>PART</p:GrpSts>',
      payment(status('B26-0001', 'RJCT', reason + amount) + status('B26-0002', 'ACSC') + status('B26-0003', 'ACTC')),
    ),
  )
  expect(format).toBe('pain002')
  expect(lignes).toEqual([
    {
      numero: 1,
      reference: 'B26-0001',
      resultat: 'rejete',
      montantCentimes: 2000,
      dateBanque: '2026-03-10',
      motif: 'IBAN incorrect (AC01)',
    },
    { numero: 2, reference: 'B26-0002', resultat: 'execute', montantCentimes: null, dateBanque: '2026-03-10', motif: null },
    { numero: 3, reference: 'B26-0003', resultat: 'attente', montantCentimes: null, dateBanque: '2026-03-10', motif: null },
  ])
})

test('pain.002: the whole file refused is one line about the file, at either level', () => {
  const ff01 = '<p:StsRsnInf><p:Rsn><p:Cd>FF01</p:Cd></p:Rsn></p:StsRsnInf>'
  const expected = [
    { numero: 1, reference: 'R26-0001', remise: true, resultat: 'rejete', dateBanque: '2026-03-10', motif: 'Fichier non conforme (FF01)' },
  ]
  expect(xml(pain(`<p:GrpSts>RJCT</p:GrpSts>${ff01}`, '')).lignes).toMatchObject(expected)
  expect(xml(pain('', payment(`<p:PmtInfSts>RJCT</p:PmtInfSts>${ff01}`))).lignes).toMatchObject(expected)
})

test('an XML that is neither is refused; one with entities says why', () => {
  expect(faultOf(() => xml('<svg/>'))).toEqual([400, 'retour_illisible', expect.stringContaining('ni un relevé camt.053')])
  expect(
    faultOf(() => xml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><BkToCstmrStmt>&x;</BkToCstmrStmt></Document>')),
  ).toEqual([400, 'retour_illisible', expect.stringContaining('DOCTYPE ou des entités')])
  expect(faultOf(() => xml(camt('')))).toEqual([400, 'retour_illisible', 'Ce fichier ne contient aucune opération.'])
})

test('a CSV is read with its lines; one wrong cell refuses the file, named by its line and column', () => {
  const head = 'Référence;Montant;Résultat;Date;Motif\n'
  expect(csv(`${head}B26-0001;20,00;exécuté;10/03/2026;\nB26-0002;30;rejeté;2026-03-10;AC04\n`).lignes).toEqual([
    { numero: 2, reference: 'B26-0001', resultat: 'execute', enMots: true, montantCentimes: 2000, dateBanque: '2026-03-10', motif: null },
    {
      numero: 3,
      reference: 'B26-0002',
      resultat: 'rejete',
      enMots: true,
      montantCentimes: 3000,
      dateBanque: '2026-03-10',
      motif: 'Compte clos (AC04)',
    },
  ])
  expect(faultOf(() => csv(`${head}B26-0001;vingt;exécuté;10/03/2026;\n`))).toEqual([
    400,
    'retour_illisible',
    expect.stringContaining('Ligne 2, « Montant »'),
  ])
  expect(faultOf(() => csv('Référence;Montant;Résultat;Date\nB;1;exécuté;10/03/2026\n'))).toEqual([
    400,
    'retour_illisible',
    expect.stringContaining('il manque la colonne « Motif »'),
  ])
})

test('100 000 operations are read, one more is refused, in both formats', { timeout: 60_000 }, () => {
  const head = 'Référence;Montant;Résultat;Date;Motif\n'
  const line = (i: number) => `B${i};1;exécuté;10/03/2026;\n`
  const lines = Array.from({ length: 100_000 }, (_, i) => line(i)).join('')
  expect(csv(head + lines).lignes).toHaveLength(100_000)
  expect(faultOf(() => csv(`${head + lines}X;1;exécuté;10/03/2026;\n`))).toEqual([
    400,
    'retour_illisible',
    expect.stringContaining('100 000 lignes'),
  ])
  const statuses = Array.from({ length: 100_001 }, (_, i) => status(`B${i}`, 'ACSC')).join('')
  expect(faultOf(() => xml(pain('', payment(statuses))))).toEqual([400, 'retour_illisible', expect.stringContaining('100 000 opérations')])
})
