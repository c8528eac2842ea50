import { Card } from '@pass/web/ui/card.tsx'
import { Button, LinkButton } from '@pass/web/ui/button.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { HandHeart, MapPin, Search, Ticket } from 'lucide-react'
import { Form, Link } from 'react-router'
import { paths } from '../paths.ts'

const ETAPES = [
  {
    titre: 'On vous remet un carnet',
    texte: 'Un accueil social, une mairie ou une association vous pose trois questions. Puis cet accueil vous donne un carnet de pass.',
    icon: HandHeart,
  },
  {
    titre: 'Vous choisissez un lieu',
    texte: 'Téléphonez au lieu de votre choix. Demandez la date du prochain atelier.',
    icon: MapPin,
  },
  {
    titre: 'Vous donnez un pass à l’atelier',
    texte: 'Un atelier est un petit groupe qui apprend avec une personne formée. Vous payez avec un pass, sans argent.',
    icon: Ticket,
  },
] as const

const ROLES = [
  { titre: 'Collectivités', texte: 'Commander des carnets, les attribuer, suivre les pass utilisés et l’argent dépensé.' },
  { titre: 'Prescripteurs', texte: 'Remettre un carnet à une personne, en une minute, au guichet.' },
  { titre: 'Lieux de médiation', texte: 'Tenir les ateliers, utiliser les pass, suivre les virements.' },
  { titre: 'Opérateur et ANCT', texte: 'Produire les carnets, rembourser les lieux, comparer les territoires.' },
] as const

const Recherche = () => (
  <Form className="chercher" action={paths.lieux()} role="search" aria-label="Trouver un lieu">
    <TextField label="Trouver un lieu près de chez vous" aide="Tapez une commune ou un code postal." name="recherche" type="search" />
    <Button type="submit" icon={Search}>
      Chercher
    </Button>
  </Form>
)

const Etapes = () => (
  <ol className="trois">
    {ETAPES.map(({ titre, texte, icon: Icon }, rank) => (
      <li key={titre} className="carte">
        <Icon aria-hidden="true" />
        <h3>
          {rank + 1}. {titre}
        </h3>
        <p>{texte}</p>
      </li>
    ))}
  </ol>
)

export const Component = () => (
  <Page
    titre="Le Pass numérique"
    intro="Apprenez à vous servir d’un ordinateur, d’un téléphone et d’internet, dans un lieu près de chez vous."
  >
    <div className="carte accroche">
      <div className="pile">
        <Recherche />
        <p>
          <Link to={paths.lieux()}>Voir tous les lieux</Link>
        </p>
      </div>
      <div className="accroche-carnet" aria-hidden="true">
        <span className="ticket" />
        <span className="ticket" />
        <span className="ticket">10&nbsp;€</span>
      </div>
    </div>
    <h2>Comment ça marche&nbsp;?</h2>
    <Etapes />
    <h2>C’est quoi, un pass&nbsp;?</h2>
    <div className="prose">
      <p>
        Un pass est un papier qui vaut de l’argent, 10&nbsp;€ le plus souvent. Il sert seulement à payer un atelier numérique. Un carnet
        contient plusieurs pass. Les pass ont une date de fin&nbsp;: elle est écrite sur le carnet.
      </p>
      <p>Votre collectivité paie les pass. Vous n’avez rien à payer. Votre nom n’est écrit ni sur le carnet, ni sur les pass.</p>
    </div>
    <Card titre="Vous travaillez avec le Pass numérique ?" actions={<LinkButton to={paths.connexion()}>Se connecter</LinkButton>}>
      <dl className="roles">
        {ROLES.map(({ titre, texte }) => (
          <div key={titre}>
            <dt>{titre}</dt>
            <dd className="doux">{texte}</dd>
          </div>
        ))}
      </dl>
    </Card>
  </Page>
)
