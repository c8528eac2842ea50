import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

const DUREES = [
  {
    quoi: 'Prénom, nom et contact de la personne',
    combien: '12 mois après le dernier pass utilisé ou expiré, et 2 ans au plus après le dernier contact',
  },
  { quoi: 'Lien entre une personne et l’utilisation d’un pass', combien: '6 mois après le paiement' },
  { quoi: 'Montants et virements, sans nom de personne', combien: '10 ans' },
  { quoi: 'Journal des accès', combien: '12 mois' },
] as const

const Durees = () => (
  <dl className="faits">
    {DUREES.map(({ quoi, combien }) => (
      <div key={quoi}>
        <dt>{quoi}</dt>
        <dd>{combien}</dd>
      </div>
    ))}
  </dl>
)

export const Component = () => (
  <TextPage titre="Données personnelles">
    <Part titre="Si vous avez un carnet">
      <p>
        La collectivité qui paie vos pass décide de ce qui vous est demandé&nbsp;: rien, ou votre prénom, votre nom, votre tranche d’âge,
        votre commune, votre situation et un contact. Votre accord est demandé avant la remise du carnet.
      </p>
      <ul className="puces">
        <li>Le numéro de sécurité sociale est refusé dans tous les champs.</li>
        <li>Ni le carnet, ni les pass, ni leurs codes ne portent votre nom.</li>
        <li>L’équipe du lieu ne voit que votre prénom et l’initiale de votre nom.</li>
        <li>L’État ne voit que des totaux, jamais des personnes.</li>
      </ul>
    </Part>
    <Part titre="Si vous travaillez avec la plateforme">
      <p>
        Votre nom, votre adresse électronique et vos actions sont enregistrés&nbsp;: chaque mouvement de carnet et d’argent doit pouvoir
        être expliqué. La liste des personnes servies est elle-même journalisée quand quelqu’un la consulte.
      </p>
    </Part>
    <Part titre="Durées de conservation">
      <Durees />
      <p className="doux">L’effacement automatique à la fin de ces durées n’est pas encore en service dans cette version.</p>
    </Part>
    <Part titre="Cookies">
      <p>
        Les pages ouvertes à tous n’en posent aucun. Après la connexion, un seul cookie garde votre session. Au guichet, le navigateur
        retient le département choisi pour la liste des lieux. Aucune mesure d’audience, aucun service extérieur.
      </p>
    </Part>
    <Part titre="Vos droits">
      <p>
        Vous pouvez voir, corriger ou faire effacer vos données. Adressez-vous à l’accueil qui vous a remis le carnet, ou à votre
        collectivité&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>. Vous pouvez aussi écrire à la CNIL.
      </p>
    </Part>
  </TextPage>
)
