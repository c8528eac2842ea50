import type { Convention } from '@pass/contracts/conventions.ts'
import { IDENTITE_MODE_LABELS, LIEUX_ADMIS_LABELS, PUBLIC_LABELS } from '@pass/domain/conventions.ts'
import { euros, percent, plural, pluralPass } from '@pass/domain/money.ts'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { Jour } from '../../ui/values.tsx'
import { territoireInWords } from './territoires.ts'

type Props = {
  convention: Convention
  /** Names of territories by code (`D23` → « Creuse »), when the page has read them. */
  territoires?: ReadonlyMap<string, string>
}

const Periode = ({ dateDebut, dateFin }: Convention) => (
  <>
    Du <Jour date={dateDebut} phrase /> au <Jour date={dateFin} phrase />
  </>
)

const Publics = ({ publics, criteres }: Convention) => (
  <ul>
    {publics.map((code) => {
      const critere = criteres.find((one) => one.public === code)
      return (
        <li key={code}>
          {PUBLIC_LABELS[code] ?? code}
          {critere && <span className="petit doux"> – {critere.texte}</span>}
        </li>
      )
    })}
  </ul>
)

/** The rules of the pass bought with this convention. */
export const ConventionParameters = ({ convention, territoires }: Props) => (
  <DefinitionList
    items={[
      { terme: 'Collectivité', valeur: convention.collectivite.nom },
      { terme: 'Opérateur', valeur: convention.operateur.nom },
      { terme: 'Période', valeur: <Periode {...convention} /> },
      {
        terme: 'Carnet',
        valeur: `${pluralPass(convention.carnetTaille)} de ${euros(convention.valeurFacialeCentimes)}`,
      },
      {
        terme: 'Validité des carnets',
        valeur: `${convention.validiteMois} mois, et ${plural(convention.toleranceJours, 'jour')} de tolérance`,
      },
      {
        terme: 'Réclamations des structures',
        valeur: `${plural(convention.reclamationJours, 'jour')} après la fin de validité`,
      },
      {
        terme: 'Pass par atelier et par personne',
        valeur: `${convention.passParAtelier} jusqu’à 2 h, ${convention.passParAtelierLong} au-delà ; ${convention.passParDemiJournee} au plus par demi-journée`,
      },
      { terme: 'Publics', valeur: <Publics {...convention} /> },
      { terme: 'Public cible de l’État', valeur: `${percent(convention.quotaPicBp)} au moins des pass utilisés` },
      { terme: 'À la remise', valeur: IDENTITE_MODE_LABELS[convention.identite] },
      { terme: 'Lieux', valeur: LIEUX_ADMIS_LABELS[convention.lieuxAdmis] },
      { terme: 'Territoire', valeur: territoireInWords(convention.territoire, territoires) },
      { terme: 'Frais de l’opérateur', valeur: `${percent(convention.fraisAmontBp)} du montant des pass, plus la TVA` },
      { terme: 'Fonds social européen', valeur: convention.fse ? 'Oui' : 'Non' },
    ]}
  />
)
