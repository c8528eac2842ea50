import { BASE_LABELS, CONSERVATION, type Conservation, conservationInWords, FIN_LABELS } from '@pass/domain/conservation.ts'
import { useWarmed } from '@pass/web/api.ts'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Link } from 'react-router'
import { exploitantOf } from '../exploitant.ts'
import { paths } from '../paths.ts'
import { Courriel, DemoNotice, exploitantLoader } from '../widgets/exploitant.tsx'
import { Part, TextPage } from '../widgets/text-page.tsx'

export const loader = exploitantLoader

const LINES: readonly Conservation[] = Object.values(CONSERVATION)
const COLUMNS: readonly Column<Conservation>[] = [
  { cle: 'donnee', titre: 'Donnée', cell: ({ donnee }) => donnee },
  { cle: 'duree', titre: 'Gardée', cell: conservationInWords },
  { cle: 'fin', titre: 'Ensuite', cell: ({ fin }) => FIN_LABELS[fin] },
  { cle: 'base', titre: 'Pourquoi', cell: ({ base }) => BASE_LABELS[base] },
]

const Durees = () => (
  <>
    <DataTable caption="Durées de conservation" columns={COLUMNS} rows={LINES} rowKey={({ donnee }) => donnee} empty={null} />
    <p>S’effacent déjà seuls&nbsp;:</p>
    <ul className="puces">
      {LINES.filter(({ automatique }) => automatique).map(({ donnee }) => (
        <li key={donnee}>{donnee}</li>
      ))}
    </ul>
    <p className="doux">L’effacement des autres données suivra ce même tableau. Il n’est pas encore en service dans cette version.</p>
  </>
)

const WHO_SEES = [
  { terme: 'La collectivité qui paie', valeur: 'Les personnes qui ont reçu un de ses carnets, selon le rôle de chaque agent' },
  { terme: 'Le prescripteur', valeur: 'Les personnes qu’il a servies, et elles seules' },
  { terme: 'Le lieu de médiation', valeur: 'Le prénom et l’initiale du nom des personnes de ses propres ateliers' },
  {
    terme: 'L’opérateur',
    valeur: 'Aucune personne. L’assistance qui regarde un écran donne un motif, et l’organisation lit qui a regardé quoi',
  },
  { terme: 'Un financeur', valeur: 'Sa part, en euros. En contrôle\u00a0: les preuves de son opération, chaque lecture étant notée' },
  { terme: 'Une préfecture, un hub', valeur: 'Les structures et les lieux de leur territoire. Aucune personne, aucun argent' },
  { terme: 'L’ANCT', valeur: 'Des totaux, jamais une personne. Les nombres trop petits sont cachés' },
  { terme: 'Tout le monde', valeur: 'Les lieux\u00a0: adresse, horaires, téléphone' },
] as const

const Droits = ({ demo }: { demo: boolean }) => (
  <>
    <p>Vous pouvez voir vos données, les faire corriger ou effacer, en recevoir une copie, ou vous opposer à leur usage.</p>
    <ul className="puces">
      <li>
        Vous avez un carnet&nbsp;: demandez à l’accueil qui vous l’a remis, ou à votre collectivité. Vous n’avez aucun compte à ouvrir.
      </li>
      <li>
        Vous travaillez avec la plateforme&nbsp;: dans <a href="/compte/">Mon compte</a>, téléchargez vos données et fermez vos sessions.
      </li>
      <li>
        La personne chargée de la protection des données&nbsp;: <Courriel adresse={exploitantOf(demo).dpo} />.
      </li>
      <li>
        La réponse ne vous convient pas&nbsp;: écrivez à la CNIL, <a href="https://www.cnil.fr/fr/plaintes">cnil.fr/fr/plaintes</a>.
      </li>
    </ul>
    <DemoNotice demo={demo} />
  </>
)

export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  return (
    <TextPage titre="Données personnelles">
      <Part titre="Si vous avez un carnet">
        <p>
          La collectivité qui paie vos pass décide de ce qui vous est demandé&nbsp;: rien, ou votre prénom, votre nom, votre tranche d’âge,
          votre commune, votre situation et un contact. Votre accord est demandé avant la remise du carnet.
        </p>
        <ul className="puces">
          <li>Le numéro de sécurité sociale est refusé dans tous les champs.</li>
          <li>Ni le carnet, ni les pass, ni leurs codes ne portent votre nom.</li>
          <li>Rien sur votre santé ni sur vos aides n’est demandé.</li>
        </ul>
      </Part>
      <Part titre="Si vous travaillez avec la plateforme">
        <p>
          Votre nom, votre adresse électronique et vos actions sont enregistrés&nbsp;: chaque mouvement de carnet et d’argent doit pouvoir
          être expliqué. La liste des personnes servies est elle-même journalisée quand quelqu’un la consulte. Si vous passez par
          ProConnect, il nous donne votre nom, votre adresse et le SIRET de votre établissement.
        </p>
      </Part>
      <Part titre="Qui voit quoi">
        <DefinitionList items={WHO_SEES} />
      </Part>
      <Part titre="Combien de temps">
        <Durees />
      </Part>
      <Part titre="Cookies et navigateur">
        <p>
          Les pages ouvertes à tous ne posent aucun cookie. Après la connexion, un cookie garde votre session&nbsp;; le temps d’un
          aller-retour vers ProConnect, un autre garde la demande. Un poste partagé garde, lui, le cookie qui le fait reconnaître. Quand
          votre session se ferme seule, ce que vous aviez tapé reste dans l’onglet, pour vous seul. Aucune mesure d’audience, aucun service
          extérieur.
        </p>
      </Part>
      <Part titre="Vos droits">
        <Droits demo={moyens.demo} />
        <p>
          Une autre question&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>.
        </p>
      </Part>
    </TextPage>
  )
}
