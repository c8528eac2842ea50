import type pg from 'pg'
import { digestOf, keep } from '../../../apps/api/src/modules/fichiers/store.ts'
import { ACTE, ATELIER, BENEFICIAIRE, CANARI, INSCRIPTION, LIEU, ORG, PEOPLE, PIECE, PRESCRIPTION } from './ids.ts'
import { insert } from './insert.ts'

type Carnets = { k1: bigint; k2: bigint; k9: bigint }

const S1 = { organisation_id: ORG.s1, lieu_id: LIEU.l1, mediateur_id: PEOPLE['structure.mediateur'].utilisateurId }
const S9 = { organisation_id: ORG.s9, lieu_id: LIEU.l9, mediateur_id: PEOPLE['autre:structure.mediateur'].utilisateurId }
const atelier = (
  where: typeof S1,
  id: string,
  date: string,
  debut: string,
  rest: { statut?: string; capacite?: number; places?: number; offert?: boolean; sansPass?: number } = {},
) => ({
  ...where,
  id,
  theme: 'outils_quotidien',
  niveau: 'intermediaire',
  date,
  debut,
  duree_minutes: 120,
  capacite: rest.capacite ?? 12,
  places_prises: rest.places ?? 0,
  sans_pass: rest.sansPass ?? 0,
  statut: rest.statut ?? 'ouvert',
  offert: rest.offert ?? false,
})

/** Every statut of an atelier that the others do not show, and the slots of next week. */
const seedAteliers = (client: pg.ClientBase) =>
  insert(client, 'atelier', [
    atelier(S1, ATELIER.offert, '2026-03-17', '14:00', { capacite: 2, places: 1, offert: true }),
    atelier(S1, ATELIER.liste, '2026-03-19', '10:00', { capacite: 1, places: 1, offert: true, statut: 'complet' }),
    atelier(S1, ATELIER.brouillon, '2026-03-26', '10:00', { statut: 'brouillon' }),
    atelier(S1, ATELIER.valide, '2026-02-03', '10:00', { statut: 'valide', sansPass: 3 }),
    atelier(S9, ATELIER.t2, '2026-03-17', '14:00', { capacite: 2, places: 1, offert: true }),
  ])

/** Every statut of an enrolment that a used pass does not make. */
const seedInscriptions = (client: pg.ClientBase, { k1, k2, k9 }: Carnets) => {
  const of = (id: string, structure: string, atelierId: string, personne: 'b1' | 'b2' | 'b9', statut: string, taken: boolean) => {
    const t2 = personne === 'b9'
    return {
      organisation_id: structure,
      id,
      atelier_id: atelierId,
      collectivite_id: t2 ? ORG.t2 : ORG.t1,
      carnet_id: { b1: k1, b2: k2, b9: k9 }[personne],
      personne_id: BENEFICIAIRE[personne],
      statut,
      prescripteur_id: taken ? (t2 ? ORG.p9 : ORG.p1) : null,
      prescription_id: taken ? PRESCRIPTION[{ b1: 'k1', b2: 'k2', b9: 'k9' }[personne] as 'k1' | 'k2' | 'k9'] : null,
      inscrit_par: taken ? PEOPLE[t2 ? 'autre:prescripteur.agent' : 'prescripteur.agent'].utilisateurId : null,
      inscrit_at: taken ? '2026-03-02T10:00:00+01:00' : null,
    }
  }
  const more = (rank: number) => INSCRIPTION.t1.replace(/1$/, rank.toString(16))
  return insert(client, 'inscription', [
    of(INSCRIPTION.t1, ORG.s1, ATELIER.offert, 'b1', 'inscrit', true),
    of(more(2), ORG.s1, ATELIER.offert, 'b2', 'annule', true),
    of(more(3), ORG.s1, ATELIER.liste, 'b2', 'inscrit', true),
    of(more(4), ORG.s1, ATELIER.liste, 'b1', 'liste_attente', true),
    of(more(5), ORG.s1, ATELIER.valide, 'b1', 'absent_excuse', false),
    of(more(6), ORG.s1, ATELIER.valide, 'b2', 'absent', false),
    of(INSCRIPTION.t2, ORG.s9, ATELIER.t2, 'b9', 'inscrit', true),
  ])
}

const TRAITS = '[[80, 500, 200, 200, 300, 700, 420, 300, 540, 650, 700, 350, 900, 500]]'
const seedSignature = (client: pg.ClientBase, structure: string, acte: string, mediateur: string, at: string) =>
  insert(client, 'signature', [
    {
      organisation_id: structure,
      inscription_id: acte.replace('-8000-', '-9200-'),
      traits: TRAITS,
      sha256: digestOf(Buffer.from(`${acte}${at}${TRAITS}`)),
      signee_at: at,
      recueillie_par: mediateur,
    },
  ])

const seedPiece = async (
  client: pg.ClientBase,
  filesDir: string,
  id: string,
  structure: string,
  atelierId: string,
  nom: string,
  par: string,
) => {
  const octets = Buffer.from(`%PDF-1.4\n% ${id}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`)
  await keep(filesDir, id, octets)
  await insert(client, 'piece', [
    {
      organisation_id: structure,
      id,
      objet: 'atelier',
      objet_id: atelierId,
      nom,
      type: 'application/pdf',
      octets: octets.length,
      sha256: digestOf(octets),
      deposee_par: par,
      deposee_at: '2026-03-02T10:00:00+01:00',
    },
  ])
}

/** Slots, enrolments, signatures and sheets of T1 and, with its canary, of T2. */
export const seedCreneaux = async (client: pg.ClientBase, carnets: Carnets, filesDir: string) => {
  await seedAteliers(client)
  await seedInscriptions(client, carnets)
  await seedSignature(client, ORG.s1, ACTE.fevrier, S1.mediateur_id, '2026-02-10T11:40:00+01:00')
  await seedSignature(client, ORG.s9, ACTE.t2, S9.mediateur_id, '2026-03-10T08:45:00+01:00')
  await seedPiece(client, filesDir, PIECE.t1, ORG.s1, ATELIER.passe, 'feuille-du-10-fevrier.pdf', S1.mediateur_id)
  await seedPiece(client, filesDir, PIECE.t2, ORG.s9, ATELIER.a9, `${CANARI}.pdf`, S9.mediateur_id)
}
