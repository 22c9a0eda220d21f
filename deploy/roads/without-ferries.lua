-- A profile for osrm-extract: the one named by $PROFILE (car, bicycle, foot), but nobody boards a ferry.
--   PROFILE=bicycle LUA_PATH='/usr/share/osrm/profiles/?.lua;;' osrm-extract -p without-ferries.lua EXTRACT.osm.pbf
-- The ways are left out whole: a speed of none would not do, since who may walk aboard is taken to walk across.
local profile = require(os.getenv("PROFILE"))
local process_way = profile.process_way

profile.process_way = function(settings, way, result, relations)
  if way:get_value_by_key("route") ~= "ferry" then
    process_way(settings, way, result, relations)
  end
end

return profile
