import type { Convention } from '@pass/contracts/conventions.ts'
import { type Quantites, quantitesFrom } from '@pass/domain/quantites.ts'
import { Fieldset } from '@pass/web/ui/fieldset.tsx'
import { MoneyField, NumberField } from '@pass/web/ui/number-field.tsx'

type Field = { id: string; name: string; error: string | undefined; value: unknown; onChange: (value: unknown) => void }
type Props = { convention: Convention; quantite: Field }

const isCount = (value: unknown): value is number => typeof value === 'number' && value > 0

/** Carnets, pass and euros of the order: whichever is typed, the two others follow (ux.md A8). */
export const QuantityFields = ({ convention, quantite }: Props) => {
  const carnets = isCount(quantite.value) ? quantite.value : undefined
  const shown = carnets === undefined ? null : quantitesFrom({ carnets }, convention)
  const typed = (name: keyof Quantites) => (value: number | undefined) =>
    quantite.onChange(value === undefined || Number.isNaN(value) ? value : quantitesFrom({ [name]: value }, convention).carnets)
  return (
    <Fieldset
      legende="Votre besoin"
      aide={`Remplissez une seule case, les deux autres suivent. Un carnet entier compte ${convention.carnetTaille} pass. Exemple : 120 carnets.`}
    >
      <div className="cote-a-cote">
        <NumberField label="Nombre de carnets" suffixe="carnets" {...quantite} value={quantite.value as number | undefined} />
        <NumberField label="ou nombre de pass" suffixe="pass" value={shown?.pass} onChange={typed('pass')} />
        <MoneyField label="ou valeur des pass" value={shown?.centimes} onChange={typed('centimes')} />
      </div>
    </Fieldset>
  )
}
