import { mountApp } from '@pass/web/app.tsx'
import { CalendarDays, Euro, MapPin, Users } from 'lucide-react'
import { paths } from './paths.ts'
import { routes } from './routes.tsx'
import './styles.css'

mountApp({
  role: 'mediateur',
  titre: 'Médiateur',
  menu: [
    { to: paths.journee(), label: 'Ma journée', icon: CalendarDays, end: true },
    { to: paths.ateliers(), label: 'Ateliers', icon: Users, droit: 'atelier:read' },
    { to: paths.virements(), label: 'Virements', icon: Euro, droit: 'bordereau:read' },
    { to: paths.monLieu(), label: 'Mon lieu', icon: MapPin, droit: 'lieu:serve' },
  ],
  routes,
})
