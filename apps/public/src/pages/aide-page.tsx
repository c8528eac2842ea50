import { INACTIVITE_GUICHET_MINUTES, INVITATION_JOURS, LIEN_MINUTES, REVUE_MOIS } from '@pass/domain/acces.ts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

type Question = { question: string; reponse: ReactNode }

const Questions = ({ items }: { items: readonly Question[] }) => (
  <dl className="questions">
    {items.map(({ question, reponse }) => (
      <div key={question}>
        <dt>{question}</dt>
        <dd>{reponse}</dd>
      </div>
    ))}
  </dl>
)

const PERSONNES: readonly Question[] = [
  { question: 'Où utiliser mes pass ?', reponse: <Link to={paths.lieux()}>Dans un de ces lieux</Link> },
  { question: 'Combien coûte un atelier ?', reponse: 'Un pass le plus souvent. Le lieu vous le dit au téléphone.' },
  { question: 'Mon carnet est perdu.', reponse: 'Retournez vite à l’accueil qui vous a remis le carnet. Cet accueil bloque le carnet.' },
]
const CONNEXION: readonly Question[] = [
  {
    question: 'Comment me connecter\u00a0?',
    reponse:
      'Agent public\u00a0: «\u00a0S’identifier avec ProConnect\u00a0». Association, entreprise\u00a0: un lien reçu par courriel, une clé d’accès ou un mot de passe.',
  },
  {
    question: 'Je n’ai pas d’accès.',
    reponse: 'Demandez une invitation à la personne qui administre votre organisation. Elle choisit votre rôle.',
  },
  {
    question: 'L’invitation n’arrive pas.',
    reponse: `Regardez les courriels indésirables, faites vérifier l’adresse. L’invitation sert une fois, pendant ${INVITATION_JOURS}\u00a0jours\u00a0: la personne qui vous invite peut la renvoyer.`,
  },
  {
    question: 'Le lien reçu par courriel ne marche pas.',
    reponse: `Il sert une fois, pendant ${LIEN_MINUTES}\u00a0minutes. Demandez-en un autre.`,
  },
  {
    question: 'ProConnect dit que mon organisation n’est pas inscrite.',
    reponse: 'La page nomme le SIRET reçu. Vérifiez que c’est le bon établissement\u00a0; sinon l’opérateur l’inscrit.',
  },
  {
    question: 'C’est quoi, un second facteur\u00a0?',
    reponse:
      'Une deuxième preuve que c’est bien vous\u00a0: une clé d’accès (empreinte, visage ou code de votre appareil), ou un code donné par une application. Les rôles qui touchent à l’argent en ont besoin.',
  },
  {
    question: 'J’ai perdu mon téléphone ou ma clé.',
    reponse: (
      <>
        <Link to={paths.recuperation()}>Signalez la perte</Link>. Une personne de votre organisation, qui vous connaît, décide de retirer
        l’ancien.
      </>
    ),
  },
  {
    question: 'Plusieurs personnes se servent du même ordinateur.',
    reponse: `Cochez «\u00a0Poste partagé\u00a0»\u00a0: la session se ferme après ${INACTIVITE_GUICHET_MINUTES}\u00a0minutes. Votre administration peut déclarer le poste\u00a0: vous y prenez alors la main par un code à 6 chiffres.`,
  },
]
const PRESCRIPTEUR: readonly Question[] = [
  {
    question: 'Remettre un carnet',
    reponse:
      'Scannez la couverture ou tapez le numéro, puis Entrée. Posez les trois questions, choisissez le besoin et le public, cochez l’accord.',
  },
  {
    question: 'Le carnet ne peut pas être remis.',
    reponse: 'La raison est écrite sous le numéro. Le plus souvent, la réception n’a pas été confirmée.',
  },
  {
    question: 'Je me suis trompé de personne.',
    reponse: 'Le jour même, et si aucun pass n’est utilisé : Personnes servies, puis Reprendre le carnet.',
  },
]
const MEDIATEUR: readonly Question[] = [
  {
    question: 'Utiliser des pass',
    reponse: 'Ouvrez l’atelier, tapez ou scannez chaque code, puis Utiliser. Tous les pass passent, ou aucun.',
  },
  {
    question: 'Un pass est refusé.',
    reponse: 'La raison et la suite à donner sont écrites sous son code. Retirez ce pass : les autres peuvent être utilisés.',
  },
  { question: 'Je me suis trompé.', reponse: 'Une utilisation s’annule pendant 24 heures, sur la page de l’atelier, avec un motif.' },
  { question: 'Quand serai-je payé ?', reponse: 'La date et le montant sont en haut de Virements.' },
]
const COLLECTIVITE: readonly Question[] = [
  { question: 'Activer des carnets', reponse: 'Il faut le numéro de mandat et des fonds reçus. La page de la commande dit ce qui manque.' },
  { question: 'Attribuer des carnets', reponse: 'Le prescripteur confirme la réception : il peut alors remettre les carnets.' },
]
const OPERATEUR: readonly Question[] = [
  {
    question: 'Rembourser un mois',
    reponse: 'Trois personnes différentes préparent, approuvent et transmettent. Une étape refusée dit qui doit agir.',
  },
]
const ADMINISTRATION: readonly Question[] = [
  {
    question: 'Inviter une personne',
    reponse: 'Mon compte, puis Équipe\u00a0: son adresse, son rôle, au besoin une date de fin. L’invitation part par courriel.',
  },
  {
    question: 'Quelqu’un s’en va.',
    reponse:
      'Retirez son accès ou donnez-lui une date de fin. Ses sessions se ferment. La dernière personne qui administre ne peut pas partir.',
  },
  {
    question: `Tous les ${REVUE_MOIS}\u00a0mois`,
    reponse: 'Confirmez que chaque accès est toujours justifié. Un rappel arrive sur votre accueil.',
  },
]
const PARTENAIRE: readonly Question[] = [
  {
    question: 'Que voit mon organisation\u00a0?',
    reponse: 'Les conventions et les lieux de son territoire ou de sa part. Jamais une personne.',
  },
]
const ANCT: readonly Question[] = [
  { question: 'Voir une personne', reponse: 'Ce n’est pas possible : votre espace ne montre que des totaux.' },
]

export const Component = () => (
  <TextPage titre="Aide">
    <Part titre="J’ai un carnet">
      <Questions items={PERSONNES} />
    </Part>
    <Part id="connexion" titre="Je me connecte">
      <Questions items={CONNEXION} />
    </Part>
    <Part id="prescripteur" titre="Je remets des carnets">
      <Questions items={PRESCRIPTEUR} />
    </Part>
    <Part id="mediateur" titre="Je tiens des ateliers">
      <Questions items={MEDIATEUR} />
    </Part>
    <Part id="collectivite" titre="Je travaille dans une collectivité">
      <Questions items={COLLECTIVITE} />
    </Part>
    <Part id="operateur" titre="Je travaille chez l’opérateur">
      <Questions items={OPERATEUR} />
    </Part>
    <Part id="anct" titre="Je travaille à l’ANCT">
      <Questions items={ANCT} />
    </Part>
    <Part id="partenaire" titre="Je travaille dans une préfecture, un hub ou chez un financeur">
      <Questions items={PARTENAIRE} />
    </Part>
    <Part id="compte" titre="J’administre mon organisation">
      <Questions items={ADMINISTRATION} />
    </Part>
    <p>
      Votre question n’est pas ici&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>.
    </p>
  </TextPage>
)
