import { expect, test } from 'vitest'
import { checkArchive } from './archive-checks.ts'
import { owedFromUses } from './archive-payments.ts'
import type { ArchiveData } from './archives.ts'

/** One convention: 10 carnets of one pass bought and active; s1 used 5 (2 in a rejected bordereau carried by a released one), s2 used none. */
const base = (): { -readonly [T in keyof ArchiveData]: Record<string, string>[] } => {
  const compte = (n: number, nature: string, solde: number, structure = '') => ({
    compte: `C${n}`,
    convention: 'CV',
    nature,
    structure_id: structure,
    structure,
    financeur_cle: '',
    solde_centimes: String(solde),
  })
  const ecriture = (de: number, vers: number, montant: number, motif: string, objet: string) => ({
    ecriture: `${de}-${vers}`,
    at: '',
    convention: 'CV',
    de: `C${de}`,
    vers: `C${vers}`,
    montant_centimes: String(montant),
    motif,
    objet_id: objet,
  })
  const use = (n: number, statut: string, bordereau = '') => ({
    utilisation_id: `u${n}`,
    date: '2026-02-01',
    acte_id: `a${n}`,
    convention: 'CV',
    serie: String(n),
    structure_id: 's1',
    atelier_id: 'at',
    montant_centimes: '1000',
    statut,
    bordereau_id: bordereau,
  })
  const bordereau = (id: string, statut: string, pass: number, montant: number, report = '') => ({
    bordereau_id: id,
    reference: id,
    convention: 'CV',
    structure_id: 's1',
    operateur_id: 'o1',
    mois: '2026-02',
    semaine: '',
    statut,
    pass: String(pass),
    montant_centimes: String(montant),
    charge: 'non',
    virement: '',
    virement_statut: '',
    date_banque: '',
    report_id: report,
  })
  const ligne = (id: string, nature: string, montant: number) => ({
    bordereau_id: id,
    convention: 'CV',
    nature,
    montant_centimes: String(montant),
    objet_id: id,
  })
  const carnets = Array.from({ length: 10 }, (_, i) => ({
    serie: String(i + 1),
    lot: 'L',
    statut: 'remis',
    actif: 'oui',
    date_fin: '2026-12-31',
    date_remise: '',
    pass_utilises: i < 5 ? '1' : '0',
    pass_neufs: i < 5 ? '0' : '1',
    pass_annules: '0',
  }))
  return {
    organisations: [],
    conventions: [],
    financeurs: [],
    encaissements: [],
    incidents: [],
    creances: [],
    avoirs: [],
    partages: [],
    appels: [],
    avances: [],
    comptes: [
      compte(1, 'payeur', -10_000),
      compte(2, 'fonds', 0),
      compte(3, 'circulation', 5000),
      compte(4, 'du', 1000, 's1'),
      compte(5, 'en_paiement', 3500, 's1'),
      compte(6, 'a_crediter', 500),
    ],
    ecritures: [
      ecriture(1, 2, 10_000, 'encaissement', 'e'),
      ecriture(2, 3, 10_000, 'activation', 'x'),
      ...[1, 2, 3, 4, 5].map((n) => ecriture(3, 4, 1000, 'utilisation', `a${n}`)),
      ecriture(4, 5, 2000, 'bordereau', 'b1'),
      ecriture(5, 4, 2000, 'rejet', 'b1'),
      ecriture(4, 5, 3500, 'bordereau', 'b2'),
      ecriture(4, 6, 500, 'incident', 'i1'),
    ],
    lots: [
      {
        lot: 'L',
        convention: 'CV',
        date_fin: '2026-12-31',
        valeur_faciale_centimes: '1000',
        serie_premiere: '1',
        serie_derniere: '10',
        quantite: '10',
        carnets: '10',
        carnets_actifs: '10',
        pass_utilises: '5',
        pass_neufs: '5',
        pass_annules: '0',
      },
    ],
    activations: [
      {
        lot: 'L',
        convention: 'CV',
        at: '',
        serie_premiere: '1',
        serie_derniere: '10',
        carnets: '10',
        montant_centimes: '10000',
        numero_mandat: 'M',
      },
    ],
    carnets,
    utilisations: [
      use(1, 'en_bordereau', 'b1'),
      use(2, 'en_bordereau', 'b1'),
      use(3, 'en_bordereau', 'b2'),
      use(4, 'en_bordereau', 'b2'),
      use(5, 'a_payer'),
    ],
    bordereaux: [bordereau('b1', 'rejete', 2, 2000, 'b2'), bordereau('b2', 'transmis', 2, 3500)],
    lignes: [ligne('b2', 'report', 2000), ligne('b2', 'incident', -500)],
    dus: [
      {
        convention: 'CV',
        structure_id: 's1',
        structure: 's1',
        siret: '',
        pass: '5',
        du_centimes: '1000',
        en_paiement_centimes: '3500',
      },
    ],
  }
}
const faults = (data: unknown) => checkArchive(data as ArchiveData).filter(({ fautes }) => fautes.length > 0)
const named = (data: unknown) => faults(data).map(({ controle }) => controle)

test('what is right is right, a rejected transfer carried with a retention included', () => {
  expect(faults(base())).toEqual([])
  expect(Object.fromEntries(owedFromUses(base() as unknown as ArchiveData))).toEqual({ 'CV|s1': 4500 })
})

test('paid by the bordereau that carries it, a rejected bordereau is owed no more', () => {
  const data = base()
  data.bordereaux[1]!.statut = 'paye'
  for (const use of data.utilisations.slice(0, 4)) use.statut = 'payee'
  data.comptes[4]!.solde_centimes = '0'
  data.comptes.push({ ...data.comptes[4]!, compte: 'C7', nature: 'paye', solde_centimes: '3500' })
  data.ecritures.push({ ...data.ecritures.at(-1)!, de: 'C5', vers: 'C7', montant_centimes: '3500', motif: 'paiement', objet_id: 'b2' })
  data.dus[0]!.en_paiement_centimes = '0'
  expect(faults(data)).toEqual([])
})

/** The released one of `base` was paid, then sent back by the bank: owed again, uses and all. */
const returned = () => {
  const data = base()
  Object.assign(data.bordereaux[1]!, { statut: 'rejete', virement_statut: 'rejete', date_banque: '2026-03-10' })
  Object.assign(data.comptes[3]!, { solde_centimes: '4500' })
  Object.assign(data.comptes[4]!, { solde_centimes: '0' })
  data.comptes.push({ ...data.comptes[4]!, compte: 'C7', nature: 'paye', solde_centimes: '0' })
  const posted = { ...data.ecritures.at(-1)!, montant_centimes: '3500', objet_id: 'b2' }
  data.ecritures.push({ ...posted, de: 'C5', vers: 'C7', motif: 'paiement' }, { ...posted, de: 'C7', vers: 'C4', motif: 'retour' })
  Object.assign(data.dus[0]!, { du_centimes: '4500', en_paiement_centimes: '0' })
  return data
}

test('paid, then sent back by the bank, it is owed again; without both of its transfers, it is found', () => {
  expect(faults(returned())).toEqual([])
  expect(Object.fromEntries(owedFromUses(returned() as unknown as ArchiveData))).toEqual({ 'CV|s1': 4500 })
  const unsaid = returned()
  unsaid.bordereaux[1]!.date_banque = ''
  expect(named(unsaid)).toEqual(['Chaque bordereau transmis, payé ou rejeté est dans les comptes'])
})

type Data = ReturnType<typeof base>
const CHANGES: [string, (data: Data) => void, string][] = [
  ['a balance', (d) => void (d.comptes[1]!.solde_centimes = '1'), 'Chaque solde est la somme de ses écritures'],
  ['a transfer', (d) => void (d.ecritures[7]!.montant_centimes = '2001'), 'Chaque solde est la somme de ses écritures'],
  ['a motif', (d) => void (d.ecritures[10]!.motif = 'frais_aval'), 'Chaque écriture suit le chemin de son motif'],
  ['an account below zero', (d) => void (d.comptes[1]!.solde_centimes = '-1'), 'Aucun compte gardé n’est sous zéro'],
  ['a lost account', (d) => void d.comptes.pop(), 'Les soldes d’une convention s’annulent'],
  ['a carnet', (d) => void (d.carnets[9]!.actif = 'non'), 'La circulation vaut les pass encore utilisables'],
  ['a carnet of the lot', (d) => void d.carnets.pop(), 'L’état d’un lot est celui de ses carnets'],
  [
    'a use that no carnet counts',
    (d) => void (d.utilisations[4]!.serie = '9'),
    'Les pass utilisés d’un carnet ont chacun leur utilisation',
  ],
  ['an activation', (d) => void (d.activations[0]!.montant_centimes = '9000'), 'Chaque activation est dans les comptes'],
  ['the amount of a use', (d) => void (d.utilisations[4]!.montant_centimes = '900'), 'Chaque utilisation est dans les comptes'],
  ['a use said paid', (d) => void (d.utilisations[0]!.statut = 'payee'), 'Une utilisation est payée quand son bordereau l’est'],
  [
    'a subtotal',
    (d) => void (d.bordereaux[1]!.montant_centimes = '4000'),
    'Un bordereau est la somme de ses utilisations et de ses lignes',
  ],
  [
    'a bordereau said paid',
    (d) => void (d.bordereaux[1]!.statut = 'paye'),
    'Chaque bordereau transmis, payé ou rejeté est dans les comptes',
  ],
  ['a charge that nobody posted', (d) => void (d.bordereaux[1]!.charge = 'oui'), 'Les financeurs sont chargés de ce qui a été utilisé'],
  ['a retention forgotten', (d) => void d.lignes.pop(), 'Le dû de chaque structure se recalcule depuis ses utilisations'],
  ['the list of what is owed', (d) => void (d.dus[0]!.du_centimes = '2000'), 'La liste des dus est celle des comptes'],
  ['a cell that is no number', (d) => void (d.comptes[2]!.solde_centimes = 'x'), 'Chaque solde est la somme de ses écritures'],
]

const share = {
  partage_id: 'p',
  convention: 'CV',
  mois: '2026-02',
  cle: 'f',
  nature: 'etat',
  nom: 'État',
  pass: '1',
  montant_centimes: '1',
}
const call = {
  ...share,
  appel_id: 'x',
  numero: 'AF26-0001',
  statut: 'appele',
  part_centimes: '1',
  avance_centimes: '0',
  periode_debut: '',
  periode_fin: '',
}
const claim = {
  creance_id: 'c',
  reference: 'R',
  convention: 'CV',
  structure_id: 's1',
  pass: '1',
  montant_centimes: '1000',
  retenu_centimes: '1000',
}
CHANGES.push(
  ['a share that no account holds', (d) => void d.partages.push(share), 'La part de chaque financeur est dans ses comptes'],
  ['a call that no account holds', (d) => void d.appels.push(call), 'Chaque appel de fonds est dans les comptes'],
  ['an avoir that no account holds', (d) => void d.avoirs.push({ ...share, avoir_id: 'a' }), 'Chaque avoir est dans les comptes'],
  [
    'a claim accepted',
    (d) => void d.creances.push({ ...claim, statut: 'acceptee' }),
    'Le dû de chaque structure se recalcule depuis ses utilisations',
  ],
)
test.each(CHANGES)('%s changed is found', (_, change, controle) => {
  const data = base()
  change(data)
  expect(named(data)).toContain(controle)
})

test('a carrying bordereau that names itself, or a loop, is never settled', () => {
  const data = base()
  data.bordereaux[1]!.statut = 'rejete'
  data.bordereaux[1]!.report_id = 'b1'
  expect(owedFromUses(data as unknown as ArchiveData).get('CV|s1')).toBe(4500)
})
