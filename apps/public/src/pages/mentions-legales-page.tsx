import { useWarmed } from '@pass/web/api.ts'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { exploitantOf } from '../exploitant.ts'
import { Courriel, DemoNotice, exploitantLoader, Renseigne, Telephone } from '../widgets/exploitant.tsx'
import { Part, TextPage } from '../widgets/text-page.tsx'

export const loader = exploitantLoader

export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  const { nom, adresse, telephone, courriel, directionPublication, hebergeur } = exploitantOf(moyens.demo)
  return (
    <TextPage titre="Mentions légales">
      <Part titre="Qui publie ce site">
        <DemoNotice demo={moyens.demo} />
        <DefinitionList
          items={[
            { terme: 'Exploitant', valeur: <Renseigne>{nom}</Renseigne> },
            { terme: 'Adresse', valeur: <Renseigne>{adresse}</Renseigne> },
            { terme: 'Téléphone', valeur: <Telephone numero={telephone} /> },
            { terme: 'Courriel', valeur: <Courriel adresse={courriel} /> },
            { terme: 'Direction de la publication', valeur: <Renseigne>{directionPublication}</Renseigne> },
            { terme: 'Hébergeur', valeur: <Renseigne>{hebergeur}</Renseigne> },
          ]}
        />
      </Part>
      <Part titre="Ce que vous lisez ici">
        <p>
          Les textes et les chiffres viennent des organisations qui travaillent avec le Pass numérique. Chaque liste publiée dit sa date.
          Une erreur&nbsp;? Prévenez l’assistance.
        </p>
      </Part>
      <Part titre="Logiciels et données libres">
        <ul className="puces">
          <li>Police Atkinson Hyperlegible Next, licence OFL.</li>
          <li>Icônes Lucide, licence ISC.</li>
          <li>Communes et départements&nbsp;: code officiel géographique de l’Insee.</li>
          <li>Liste des France services&nbsp;: ANCT, Licence Ouverte 2.0.</li>
        </ul>
      </Part>
    </TextPage>
  )
}
