import { createHash } from 'node:crypto'
import { franceServicesHours } from '@pass/domain/horaires.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import type { Column, Line } from './read-places-file.ts'

export type Commune = {
  code: string
  nom: string
  recherche: string
  departement: string
  region: string
  epci: string | null
  codesPostaux: string[]
  fuseau: string
}
/** Communes by code and by postal code. */
export type Gazetteer = { byCode: ReadonlyMap<string, Commune>; byPostal: ReadonlyMap<string, readonly Commune[]> }

/** What is wrong with a cell, told to whoever has to correct the file. */
export type Remark = { ligne: number; colonne: Column | ''; valeur: string; raison: string }

/** A place ready to be written. */
export type Place = {
  sourceId: string
  nom: string
  adresse: string
  complementAdresse: string | null
  codePostal: string
  commune: string
  nomCommune: string
  departement: string
  territoires: string[]
  latitude: number | null
  longitude: number | null
  telephone: string | null
  courriel: string | null
  horaires: string | null
  minutesSemaine: number | null
  itinerant: boolean
  fuseau: string
  /** SHA-256 of all the above: the same place again changes nothing. */
  empreinte: string
}
export type Converted = { place: Place; avertissements: Remark[] } | { refus: Remark }

type Found = { commune: Commune; raison: string | null } | { raison: string }

/** `Paris 12e` → `paris`; `ST-ETIENNE` → `saint etienne`. */
const comparable = (nom: string) =>
  rechercheDe(nom)
    .replace(/ [0-9]+(er?|e|eme)?( arrondissement)?$/, '')
    .replace(/\bst(e?) /g, 'saint$1 ')

/** By INSEE code; an arrondissement, a merged commune or a wrong code by postal code and name, then by a postal code of one commune. */
const communeOf = (
  { insee_com: insee, code_postal: postal, lib_com: nom }: Record<Column, string>,
  { byCode, byPostal }: Gazetteer,
): Found => {
  const exact = byCode.get(insee)
  if (exact) return { commune: exact, raison: null }
  const candidates = byPostal.get(postal) ?? []
  const named = candidates.filter((commune) => comparable(commune.nom) === comparable(nom))
  const [only, other] = named.length > 0 ? named : candidates
  if (only && !other)
    return {
      commune: only,
      raison: `Ce code n’est pas celui d’une commune actuelle. Lieu rattaché à ${only.nom} (${only.code}) par son code postal.`,
    }
  if (insee === '' && postal === '' && nom === '') return { raison: 'La commune manque.' }
  return { raison: 'Cette commune n’existe pas, et le code postal ne suffit pas à la retrouver.' }
}

const coordinate = (text: string, limit: number): number | null => {
  const value = text === '' ? Number.NaN : Number(text.replace(',', '.'))
  return Number.isFinite(value) && Math.abs(value) <= limit ? value : null
}

const pointOf = ({ latitude, longitude }: Record<Column, string>, warn: (colonne: Column, raison: string) => void) => {
  if (latitude === '' && longitude === '') {
    warn('latitude', 'Les coordonnées manquent\u00a0: le lieu ne sera pas sur la carte.')
    return { latitude: null, longitude: null }
  }
  const point = { latitude: coordinate(latitude, 90), longitude: coordinate(longitude, 180) }
  const nowhere = point.latitude === 0 && point.longitude === 0
  if (point.latitude === null || nowhere) warn('latitude', 'Cette latitude n’est pas possible. Le lieu est enregistré sans coordonnées.')
  else if (point.longitude === null) warn('longitude', 'Cette longitude n’est pas possible. Le lieu est enregistré sans coordonnées.')
  else return point
  return { latitude: null, longitude: null }
}

const hoursOf = (cells: Record<Column, string>, warn: (colonne: Column, raison: string) => void) => {
  const { osm, minutes, refus } = franceServicesHours({
    lundi: cells.h_lundi,
    mardi: cells.h_mardi,
    mercredi: cells.h_mercredi,
    jeudi: cells.h_jeudi,
    vendredi: cells.h_vendredi,
    samedi: cells.h_samedi,
  })
  for (const { jour, raison } of refus) warn(`h_${jour}`, `${raison} Ce jour est enregistré comme fermé.`)
  return osm === '' ? { horaires: null, minutesSemaine: null } : { horaires: osm, minutesSemaine: minutes }
}

const COURRIEL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i

const detailsOf = (cells: Record<Column, string>, commune: Commune, warn: (colonne: Column, raison: string) => void) => {
  if (cells.adresse === '') warn('adresse', 'L’adresse manque.')
  const isMail = COURRIEL.test(cells.mail)
  if (cells.mail !== '' && !isMail) warn('mail', 'Ce n’est pas une adresse de courriel. Le lieu est enregistré sans courriel.')
  const isPostal = /^[0-9]{5}$/.test(cells.code_postal)
  if (!isPostal) warn('code_postal', 'Le code postal compte 5 chiffres. Celui de la commune est enregistré.')
  if (!['Oui', 'Non', ''].includes(cells.itinerance))
    warn('itinerance', 'Répondez «\u00a0Oui\u00a0» ou «\u00a0Non\u00a0». Le lieu est enregistré comme fixe.')
  return {
    adresse: cells.adresse,
    complementAdresse: cells.complement_adresse || null,
    codePostal: isPostal ? cells.code_postal : (commune.codesPostaux[0] ?? `${commune.code.slice(0, 2).replace(/[AB]/, '0')}000`),
    telephone: cells.telephone || null,
    courriel: isMail ? cells.mail.toLowerCase() : null,
    itinerant: cells.itinerance === 'Oui',
  }
}

const empreinteOf = (place: Omit<Place, 'empreinte'>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(place).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

/** A line of the list as a place, with what is doubtful in it; or why it cannot be one. Nothing is guessed. */
export const convertPlace = ({ ligne, cells, wrongCount }: Line, gazetteer: Gazetteer): Converted => {
  const refuse = (colonne: Column | '', valeur: string, raison: string) => ({ refus: { ligne, colonne, valeur, raison } })
  if (wrongCount !== null) return refuse('', `${wrongCount} cellules`, 'Cette ligne n’a pas le même nombre de cellules que la première.')
  if (Object.values(cells).some((cell) => cell.includes('\0'))) return refuse('', '', 'Cette ligne contient un caractère interdit.')
  if (cells.id_fs === '') return refuse('id_fs', '', 'L’identifiant manque.')
  if (cells.lib_fs === '') return refuse('lib_fs', '', 'Le nom du lieu manque.')
  const found = communeOf(cells, gazetteer)
  if (!('commune' in found)) return refuse('insee_com', cells.insee_com, found.raison)
  const avertissements: Remark[] = []
  const warn = (colonne: Column, raison: string) => void avertissements.push({ ligne, colonne, valeur: cells[colonne], raison })
  if (found.raison) warn('insee_com', found.raison)
  const { code, nom, departement, region, epci, fuseau } = found.commune
  const place = {
    sourceId: cells.id_fs,
    nom: cells.lib_fs,
    commune: code,
    nomCommune: nom,
    departement,
    territoires: [`C${code}`, ...(epci ? [`E${epci}`] : []), `D${departement}`, `R${region}`],
    fuseau,
    ...detailsOf(cells, found.commune, warn),
    ...pointOf(cells, warn),
    ...hoursOf(cells, warn),
  }
  return { place: { ...place, empreinte: empreinteOf(place) }, avertissements }
}
