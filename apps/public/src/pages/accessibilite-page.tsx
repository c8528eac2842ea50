import {
  bilanOf,
  type Critere,
  CRITERE_ETAT_LABELS,
  CRITERE_ETATS,
  type CritereEtat,
  etatDeclareOf,
  MOYEN_LABELS,
  THEMES,
} from '@pass/domain/accessibilite.ts'
import { ECHANTILLON, GRILLE, GRILLE_DATE } from '@pass/domain/accessibilite-grille.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { statutBadge, type Tone } from '@pass/web/ui/badge.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

const TONES: Record<CritereEtat, Tone> = { conforme: 'bien', non_conforme: 'refus', non_applicable: 'neutre', a_verifier: 'attente' }
const EtatBadge = statutBadge(CRITERE_ETAT_LABELS, TONES)

const detailOf = ({ moyen, note }: Critere): string => [note, moyen && MOYEN_LABELS[moyen]].filter(Boolean).join('. ')
const COLUMNS: readonly Column<Critere>[] = [
  { cle: 'critere', titre: 'Critère', cell: ({ id, sujet }) => `${id} ${sujet}` },
  { cle: 'etat', titre: 'État', cell: ({ etat }) => <EtatBadge statut={etat} /> },
  { cle: 'detail', titre: 'Comment, pourquoi', cell: detailOf },
]

const bilan = bilanOf(GRILLE)
const etat = etatDeclareOf(bilan)

const themeOf = ({ id }: Critere): number => Number(id.split('.')[0])

const Missing = ({ etat: which }: { etat: CritereEtat }) => (
  <ul className="puces">
    {GRILLE.filter((critere) => critere.etat === which).map(({ id, sujet, note }) => (
      <li key={id}>
        <strong>
          {sujet} ({id})
        </strong>
        {`\u00a0: ${note}.`}
      </li>
    ))}
  </ul>
)

const Grid = () => (
  <div className="pile">
    {THEMES.map(({ titre }, rank) => {
      const lines = GRILLE.filter((critere) => themeOf(critere) === rank + 1)
      return (
        <details key={titre} className="theme">
          <summary>{`${rank + 1}. ${titre} (${plural(lines.length, 'critère')})`}</summary>
          <DataTable caption={titre} columns={COLUMNS} rows={lines} rowKey={({ id }) => id} empty={null} />
        </details>
      )
    })}
  </div>
)

const Result = () => (
  <>
    <p>
      {`${bilan.taux}\u00a0% des critères qui s’appliquent sont respectés. Ce qui reste à vérifier compte comme non respecté. Relevé fait par l’équipe qui écrit le site, le ${formatLongDay(GRILLE_DATE)}\u00a0; aucun organisme extérieur ne l’a encore contrôlé.`}
    </p>
    <DefinitionList items={CRITERE_ETATS.map((one) => ({ terme: CRITERE_ETAT_LABELS[one], valeur: plural(bilan[one], 'critère') }))} />
  </>
)

/** Made from the grid that is checked in with the code: nothing here is written by hand. */
export const Component = () => (
  <TextPage titre="Accessibilité" intro={`Ce site est ${etat} au référentiel général d’amélioration de l’accessibilité (RGAA 4.1.2).`}>
    <Part titre="Résultat">
      <Result />
    </Part>
    {bilan.non_conforme > 0 && (
      <Part titre="Ce qui ne va pas encore">
        <Missing etat="non_conforme" />
      </Part>
    )}
    {bilan.a_verifier > 0 && (
      <Part titre="Ce qui reste à vérifier">
        <Missing etat="a_verifier" />
      </Part>
    )}
    <Part titre="Écrans regardés">
      <ul className="puces">
        {ECHANTILLON.map((screen) => (
          <li key={screen}>{screen}</li>
        ))}
      </ul>
    </Part>
    <Part titre="Toute la grille">
      <Grid />
    </Part>
    <Part titre="Signaler une difficulté">
      <p>
        Dites quelle page, et ce que vous vouliez faire&nbsp;: <Link to={paths.contact()}>appelez ou écrivez à l’assistance</Link>. Vous
        obtenez la même information autrement.
      </p>
      <p>
        Sans réponse, ou si elle ne vous convient pas, vous pouvez saisir le Défenseur des droits&nbsp;:{' '}
        <a href="https://formulaire.defenseurdesdroits.fr/">formulaire en ligne</a>, téléphone 09 69 39 00 00, ou courrier gratuit sans
        timbre à Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07.
      </p>
    </Part>
  </TextPage>
)
