import type { Lieu } from '@pass/contracts/lieux.ts'

/** `0555000000` → `05 55 00 00 00`; a number of another shape stays as it was recorded. */
export const formatPhone = (telephone: string): string => {
  const digits = telephone.replaceAll(/[\s.-]/g, '').replace(/^(\+33|0033)/, '0')
  return /^0\d{9}$/.test(digits) ? digits.replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0') : telephone
}

/** The link that calls: digits only. */
export const phoneHref = (telephone: string): string => `tel:${telephone.replaceAll(/[^\d+]/g, '')}`

const sentence = (text: string): string => text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)

/** Street, complement, town: the lines of an envelope. */
export const LieuAddress = ({ lieu }: { lieu: Lieu }) => (
  <span className="lieu-adresse">
    <span>{lieu.adresse}</span>
    {lieu.complementAdresse && <span>{lieu.complementAdresse}</span>}
    <span>
      {lieu.codePostal} {lieu.commune}
    </span>
  </span>
)

/** The usual week in words, one line a run of days. */
export const LieuHours = ({ lieu }: { lieu: Lieu }) =>
  lieu.horairesEnMots.length === 0 ? (
    <p className="doux">Horaires non communiqués. Téléphonez avant de venir.</p>
  ) : (
    <ul className="lieu-horaires">
      {lieu.horairesEnMots.map((line) => (
        <li key={line}>{sentence(line)}</li>
      ))}
    </ul>
  )

/** A number to press on a phone, to read elsewhere. */
export const LieuPhone = ({ lieu }: { lieu: Lieu }) =>
  lieu.telephone ? (
    <a className="lieu-telephone" href={phoneHref(lieu.telephone)}>
      {formatPhone(lieu.telephone)}
    </a>
  ) : (
    <span className="doux">Pas de téléphone communiqué</span>
  )
