import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { addMonth } from '../../../packages/domain/src/days.ts'
import { appelNumero, financeurCle, netAppel, splitCharge } from '../../../packages/domain/src/financement.ts'
import { insert } from '../base/insert.ts'

type Nature = 'etat' | 'collectivite' | 'fse' | 'prive'
type Owners = { collectivite_id: string; convention_id: string; operateur_id: string }
type Financeur = {
  rang: number
  financeur_id: string | null
  nature: Nature
  nom: string
  cle_bp: number
  plafond_centimes: number | null
  est_repli: boolean
}
type Batch = Owners & { code: string; mois: string; pass: number; montant: number; at: Date; par: string; financeurs: Financeur[] }
type Part = Owners & {
  partage_id: string
  code: string
  par: string
  cle: string
  nature: Nature
  nom: string
  financeur_id: string | null
  mois: string
  pass: number
  montant: number
}
type Statut = 'brouillon' | 'appele' | 'recu' | 'refuse'
type Call = { statut: Statut; parts: Part[]; at: Date; avance: number }

const DAY = 86_400_000

/** What each closing of a convention charges, in the order of the months. */
const BATCHES = `
  select t.code, s.collectivite_id, s.convention_id, s.operateur_id, b.mois, sum(s.pass)::int pass, max(b.arrete_at) as at,
         (sum(s.montant_centimes) - coalesce(sum((select sum(l.montant_centimes) from bordereau_ligne l where l.bordereau_id = b.id and l.convention_id = s.convention_id and l.nature in ('report', 'frais'))), 0))::float8 montant,
         (select a.utilisateur_id from adhesion a where a.organisation_id = s.collectivite_id and a.role = 'collectivite.administrateur' limit 1) par,
         (select jsonb_agg(f order by f.rang) from convention_financeur f where f.convention_id = s.convention_id) financeurs
    from bordereau_convention s join bordereau b on b.organisation_id = s.organisation_id and b.id = s.bordereau_id join demo_tenant t on t.convention_id = s.convention_id
   where s.charge_at is null group by 1, 2, 3, 4, 5 having sum(s.pass) > 0 order by s.convention_id, b.mois`

type Move = Owners & { de: string; vers: string; cle: string; centimes: number; motif: string; objet: string; at: Date; par?: string }
const post = (client: pg.ClientBase, move: Move) => {
  const account = (nature: string) => `account_of($1, $2, $3, '${nature}', null, ${nature === 'charge' ? 'null' : '$4'})`
  return client.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, financeur_id, objet_id, utilisateur_id, at)
     select $1, ${account(move.de)}, ${account(move.vers)}, $5, $6, $2, $3, financeur_of($4), $7, $8, $9`,
    [
      move.collectivite_id,
      move.convention_id,
      move.operateur_id,
      move.cle,
      move.centimes,
      move.motif,
      move.objet,
      move.par ?? null,
      move.at,
    ],
  )
}

const ownersOf = ({ collectivite_id, convention_id, operateur_id }: Owners): Owners => ({ collectivite_id, convention_id, operateur_id })

type Share = Financeur & { cle: string; montant: number }

/** What each financeur takes of one closing, by the product's own rule. */
const sharesOf = (batch: Batch, deja: Map<string, number>): Share[] => {
  const financeurs = batch.financeurs.map((one) => ({
    ...one,
    cle: financeurCle({ financeurId: one.financeur_id, nature: one.nature, nom: one.nom }),
  }))
  const parts = splitCharge(
    { montantCentimes: batch.montant, derogationCentimes: 0 },
    financeurs.map(({ cle, nature, cle_bp, plafond_centimes, est_repli }) => ({
      nature,
      cleBp: cle_bp,
      plafondCentimes: plafond_centimes,
      dejaCentimes: deja.get(batch.convention_id + cle) ?? 0,
      estRepli: est_repli,
    })),
  )
  return financeurs.map((one, i) => ({ ...one, montant: parts[i]!.montantCentimes }))
}

/** Splits one closing, charges its parts, and keeps what each financeur took. */
const seedPartage = async (client: pg.ClientBase, batch: Batch, deja: Map<string, number>): Promise<Part[]> => {
  const owners = ownersOf(batch)
  const { mois, pass, at, code, par } = batch
  const partage_id = randomUUID()
  const shares = sharesOf(batch, deja)
  await insert(client, 'partage', [{ ...owners, id: partage_id, mois, pass, montant_centimes: batch.montant, at }])
  await insert(
    client,
    'partage_part',
    shares.map(({ est_repli: _, montant, cle, rang, financeur_id, nature, nom, cle_bp, plafond_centimes }) => ({
      ...owners,
      partage_id,
      cle,
      rang,
      financeur_id,
      nature,
      nom,
      cle_bp,
      plafond_centimes,
      mois,
      pass,
      montant_centimes: montant,
      at,
    })),
  )
  for (const { cle, montant } of shares) {
    deja.set(batch.convention_id + cle, (deja.get(batch.convention_id + cle) ?? 0) + montant)
    if (montant === 0) continue
    await post(client, { ...owners, de: 'charge', vers: 'a_appeler', cle, centimes: montant, motif: 'charge', objet: partage_id, at })
  }
  await client.query(
    `update bordereau_convention s set charge_at = $1, partage_id = $2 from bordereau b
      where b.organisation_id = s.organisation_id and b.id = s.bordereau_id and s.convention_id = $3 and b.mois = $4 and s.charge_at is null`,
    [at, partage_id, owners.convention_id, mois],
  )
  const base = { ...owners, partage_id, code, par, mois, pass }
  return shares
    .filter(({ montant }) => montant > 0)
    .map(({ cle, nature, nom, financeur_id, montant }) => ({ ...base, cle, nature, nom, financeur_id, montant }))
}

const sum = (parts: readonly Part[]) => parts.reduce((total, { montant }) => total + montant, 0)

/**
 * The calls of one financeur: by three months, received, the last ones still waiting. The two last months are left to call, in a draft at
 * Lens; the State first refused one of the Creuse, called again since.
 */
const callsOf = (parts: readonly Part[], now: Date): Call[] => {
  const [first] = parts
  const old = parts.slice(0, -2)
  const chunks = Array.from({ length: Math.ceil(old.length / 3) }, (_, i) => old.slice(i * 3, i * 3 + 3))
  const calls = chunks.flatMap((chunk, i): Call[] => {
    const sent = new Date(Math.min(Date.parse(`${addMonth(chunk.at(-1)!.mois, 1)}-22T10:00:00Z`), now.getTime() - 3 * DAY))
    const last = i === chunks.length - 1
    const call: Call = { statut: last ? 'appele' : 'recu', parts: chunk, at: sent, avance: 0 }
    const refused = last && first!.code === 'creuse' && first!.nature === 'etat'
    return refused ? [{ ...call, statut: 'refuse', at: new Date(sent.getTime() - DAY) }, call] : [call]
  })
  const rest = parts.slice(-2)
  const draft = first!.code === 'lens' && rest.length > 0
  return draft ? [...calls, { statut: 'brouillon', parts: rest, at: new Date(now.getTime() - DAY), avance: 0 }] : calls
}

const closedOf = ({ statut, at }: Call, now: Date) => {
  const clos = new Date(Math.min(at.getTime() + 25 * DAY, now.getTime() - 2 * DAY))
  if (statut === 'recu')
    return { clos_at: clos, date_reception: clos.toISOString().slice(0, 10), reference_virement: `VIR-${at.toISOString().slice(0, 10)}` }
  if (statut === 'refuse') return { clos_at: at, motif_refus: 'Liste des preuves incomplète.' }
  return {}
}

const seedCall = async (client: pg.ClientBase, call: Call, rang: number, now: Date) => {
  const [first] = call.parts
  const { cle, financeur_id, nature, nom, par } = first!
  const owners = ownersOf(first!)
  const id = randomUUID()
  const sent = call.statut !== 'brouillon'
  const annee = call.at.getUTCFullYear()
  const part = sum(call.parts)
  const closed = closedOf(call, now)
  const row = {
    ...owners,
    id,
    cle,
    financeur_id,
    destinataire_id: sent ? financeur_id : null,
    nature,
    nom,
    statut: call.statut,
    periode_debut: first!.mois,
    periode_fin: call.parts.at(-1)!.mois,
    pass: call.parts.reduce((total, { pass }) => total + pass, 0),
    part_centimes: part,
    avance_centimes: call.avance,
    montant_centimes: part - call.avance,
    numero: sent ? appelNumero(annee, rang) : null,
    annee: sent ? annee : null,
    rang: sent ? rang : null,
    prepare_par: par,
    prepare_at: call.at,
    appele_par: sent ? par : null,
    appele_at: sent ? call.at : null,
    ...closed,
    ...(closed.clos_at && { clos_par: par }),
  }
  await insert(client, 'appel_fonds', [row])
  const vivante = call.statut !== 'refuse'
  await insert(
    client,
    'appel_ligne',
    call.parts.map(({ partage_id, montant }) => ({
      ...owners,
      appel_id: id,
      partage_id,
      cle,
      financeur_id,
      montant_centimes: montant,
      vivante,
    })),
  )
  const move = { ...owners, cle, centimes: part, objet: id, par }
  if (sent) await post(client, { ...move, de: 'a_appeler', vers: 'appele', motif: 'appel', at: call.at })
  if (call.statut === 'recu') await post(client, { ...move, de: 'appele', vers: 'recu', motif: 'recette', at: closed.clos_at! })
  if (call.statut === 'refuse') await post(client, { ...move, de: 'appele', vers: 'a_appeler', motif: 'appel_refuse', at: call.at })
}

/** The State paid Guyane and Lens a third of its first months before any use: its calls deduct it. */
const seedAvance = async (client: pg.ClientBase, parts: readonly Part[], calls: Call[]) => {
  const [first] = parts
  if (first!.nature !== 'etat' || !['guyane', 'lens'].includes(first!.code)) return
  const montant = Math.round(sum(parts.slice(0, 6)) / 3 / 1000) * 1000
  if (montant === 0) return
  const { cle, nature, nom, financeur_id, par } = first!
  const at = new Date(Date.parse(`${first!.mois}-01T10:00:00Z`) - 20 * DAY)
  const row = {
    ...ownersOf(first!),
    id: randomUUID(),
    cle,
    financeur_id,
    nature,
    nom,
    montant_centimes: montant,
    reference: 'AVANCE-ETAT-1',
    par,
    at,
  }
  await insert(client, 'avance', [{ ...row, date_versement: at.toISOString().slice(0, 10) }])
  let left = montant
  for (const call of calls) {
    if (call.statut === 'refuse') continue
    call.avance = netAppel(sum(call.parts), left).avanceCentimes
    left -= call.avance
  }
}

const seedCalls = async (client: pg.ClientBase, parts: readonly Part[]) => {
  const now = new Date()
  const all: Call[] = []
  for (const own of Map.groupBy(parts, ({ convention_id, cle }) => convention_id + cle).values()) {
    const calls = callsOf(own, now)
    await seedAvance(client, own, calls)
    all.push(...calls)
  }
  const ranks = new Map<string, number>()
  for (const call of all.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const key = `${call.parts[0]!.collectivite_id} ${call.at.getUTCFullYear()}`
    const rang = (ranks.get(key) ?? 0) + (call.statut === 'brouillon' ? 0 : 1)
    ranks.set(key, rang)
    await seedCall(client, call, rang, now)
  }
  for (const [key, valeur] of ranks) {
    const [organisation_id, annee] = key.split(' ')
    if (valeur > 0) await insert(client, 'compteur', [{ organisation_id: organisation_id!, nom: 'appel', annee: Number(annee), valeur }])
  }
}

/** Who finances the closed months: one convention with a cap that its last months reach, calls in every statut, advances. */
export const seedFinancement = async (client: pg.ClientBase) => {
  // the State's part of Guyane stops at a third of what is used
  await client.query(`
    update convention_financeur f set plafond_centimes = greatest(1000, floor(x.montant * 0.35 / 1000) * 1000)
      from (select s.convention_id, sum(s.montant_centimes) montant from bordereau_convention s join demo_tenant t on t.convention_id = s.convention_id where t.code = 'guyane' group by 1) x
     where f.convention_id = x.convention_id and f.nature = 'etat'`)
  const { rows } = await client.query<Batch>(BATCHES)
  const deja = new Map<string, number>()
  const parts: Part[] = []
  for (const batch of rows) parts.push(...(await seedPartage(client, batch, deja)))
  await seedCalls(client, parts)
}
