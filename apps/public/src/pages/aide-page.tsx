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
const ANCT: readonly Question[] = [
  { question: 'Voir une personne', reponse: 'Ce n’est pas possible : votre espace ne montre que des totaux.' },
]

export const Component = () => (
  <TextPage titre="Aide">
    <Part titre="J’ai un carnet">
      <Questions items={PERSONNES} />
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
    <p>
      Votre question n’est pas ici&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>.
    </p>
  </TextPage>
)
